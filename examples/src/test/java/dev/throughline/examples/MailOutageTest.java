// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.examples.servers.ReceivedMail;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of mails while the server is down, from ten to eleven in virtual time. An order comes in each minute from half past
 * nine to half past eleven; each is confirmed by a mail that is valid for three days, and followed by an offer of half an hour.
 */
@Timeout(120)
class MailOutageTest {

    private static final Instant FIRST = TestClock.at("2026-11-23T09:30+07:00");
    private static final Instant DOWN = TestClock.at("2026-11-23T10:00+07:00");
    private static final Instant BACK = TestClock.at("2026-11-23T11:00+07:00");
    private static final int ORDERS = 120;
    private static final String NEWS = "order-news";
    private static final String OFFER = "offer";
    private static final Duration OFFER_ENDS = Duration.ofMinutes(30);

    private static List<ReceivedMail> received;
    private static Map<Instant, List<Decision>> decisions;

    @BeforeAll
    static void playTheMorning() {
        var clock = new AtomicReference<>(InstantSource.fixed(FIRST));
        InstantSource now = () -> clock.get().instant();
        try (var server = SmtpServer.on(now).downBetween(DOWN, BACK).start();
                var email = SmtpEmail.at("127.0.0.1", server.port()).tls(Tls.NONE);
                var rehearsal = Rehearsal.of(onOrder(NEWS, Duration.ofDays(3)), onOrder(OFFER, OFFER_ENDS))
                        .under(Policy.vietnam())
                        .startingAt(FIRST)
                        .channel(email)) {
            clock.set(rehearsal.clock());
            orders().forEach(order -> rehearsal.customer(order.toString(), her -> her.email(address(order))));
            orders().forEach(order ->
                    rehearsal.advanceTo(order).customer(order.toString(), her -> her.does("Order Completed")));
            rehearsal.drain(FIRST.plus(Duration.ofDays(30)));
            received = server.received();
            decisions = new TreeMap<>();
            orders().forEach(order -> decisions.put(order, rehearsal.queries().decisions(userId(order.toString()))));
        }
    }

    @Test
    void eachMailGetsOneVerdict() {
        assertThat(decisions.values()).allSatisfy(hers -> assertThat(hers)
                .extracting(decision -> decision.origin().campaign())
                .containsExactlyInAnyOrder(NEWS, OFFER));
    }

    @Test
    void whatIsSentArrivesOnceAndNothingElseArrives() {
        var sent = decisions.values().stream()
                .flatMap(List::stream)
                .filter(decision -> decision.verdict().equals(Verdict.SENT))
                .map(decision -> "<" + decision.message() + "@shop.example>")
                .toList();

        assertThat(received)
                .extracting(ReceivedMail::messageId)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void nothingArrivesBeforeTheServerIsBack() {
        assertThat(received)
                .extracting(ReceivedMail::at)
                .noneMatch(MailOutageTest::isDown)
                .anyMatch(DOWN::isAfter)
                .anyMatch(BACK::isBefore);
    }

    @Test
    void aMailThatIsStillValidWhenTheServerIsBackIsSent() {
        assertThat(verdicts(NEWS, order -> true).values()).hasSize(ORDERS).containsOnly(Verdict.SENT);
        assertThat(verdicts(OFFER, order -> !endsDuringTheOutage(order)).values())
                .hasSize(89)
                .containsOnly(Verdict.SENT);
    }

    @Test
    void aMailWhoseValidityIsOverBeforeTheServerIsBackFailsAsExpired() {
        assertThat(verdicts(OFFER, MailOutageTest::endsDuringTheOutage).values())
                .hasSize(31)
                .containsOnly(Verdict.failed("EXPIRED"));
    }

    private static Stream<Instant> orders() {
        return IntStream.range(0, ORDERS).mapToObj(minute -> FIRST.plus(Duration.ofMinutes(minute)));
    }

    private static boolean isDown(Instant instant) {
        return !instant.isBefore(DOWN) && instant.isBefore(BACK);
    }

    private static boolean endsDuringTheOutage(Instant order) {
        return isDown(order) && !order.plus(OFFER_ENDS).isAfter(BACK);
    }

    private static Map<Instant, Verdict> verdicts(String campaign, Predicate<Instant> which) {
        var verdicts = new TreeMap<Instant, Verdict>();
        decisions.forEach((order, hers) -> hers.stream()
                .filter(decision ->
                        which.test(order) && decision.origin().campaign().equals(campaign))
                .forEach(decision -> verdicts.put(order, decision.verdict())));
        return verdicts;
    }

    private static String address(Instant order) {
        return "her" + order.getEpochSecond() + "@example.com";
    }

    private static Campaign onOrder(String name, Duration validity) {
        var shop = Brand.named("Shop").country("VN").sender(EMAIL, "Shop <news@shop.example>");
        var message = Message.transactional(name, shop)
                .on(EMAIL, mail("Your order", "<p>We have it.</p>"))
                .validFor(validity);
        return Campaign.named(name)
                .journey(j -> j.startOn(event("Order Completed")).send(message, first(EMAIL)));
    }
}

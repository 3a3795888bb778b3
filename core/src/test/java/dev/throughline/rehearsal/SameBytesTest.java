// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Disorder;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same inputs give the same decisions, byte for byte; where messages are delayed, at least the laws hold. */
class SameBytesTest {

    private static final int CUSTOMERS = 40;
    private static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private final Message reminder = Message.marketing("reminder", shop)
            .on(EMAIL, mail("{{ event.product }}", "<p>{{ event.product }}</p>"))
            .on(SMS, text("{{ event.product }}"))
            .drawsOn("reminders");

    private final Message news = Message.transactional("news", shop).on(SMS, text("{{ event.order_id }}"));

    private final Campaign basket = Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
            .exitOn(event("Order Completed"))
            .delay(hours(1))
            .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS))
            .send(reminder, first(SMS)));

    private final Campaign orders = Campaign.named("orders")
            .journey(
                    j -> j.startOn(event("Order Completed")).keyedBy("order_id").send(news, first(SMS)));

    @Test
    void twiceTheSameInputGivesTheSameBytes() {
        assertThat(bytes(plain())).isEqualTo(bytes(plain()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderWithinABatchMeansNothing(long seed) {
        assertThat(bytes(play(rehearsal -> rehearsal, seed))).isEqualTo(bytes(plain()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theNumberOfLanesMeansNothing(int lanes) {
        assertThat(bytes(play(rehearsal -> rehearsal.lanes(lanes), 0))).isEqualTo(bytes(plain()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void repetitionsAndPermutationsWithinARoundMeanNothing(long seed) {
        assertThat(bytes(play(rehearsal -> rehearsal.disordered(Disorder.scrambled(seed)), 0)))
                .isEqualTo(bytes(plain()));
    }

    @Test
    void theMachinesLocaleAndZoneMeanNothing() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<Decision> here = plain();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));

            assertThat(bytes(plain())).isEqualTo(bytes(here));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    /** Laws: one verdict each, no more than three SMS to a number in any 24 h, the pool is never overdrawn. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whereMessagesAreDelayedTheLawsHold(long seed) {
        List<Decision> decisions = play(rehearsal -> rehearsal.disordered(Disorder.delayed(seed)), 0);

        assertThat(decisions).extracting(Decision::message).doesNotHaveDuplicates();
        assertThat(decisions)
                .filteredOn(decision -> decision.origin().message().equals("reminder"))
                .filteredOn(decision -> decision.verdict().equals(Verdict.SENT))
                .hasSizeLessThanOrEqualTo(60);
        var byNumber = new TreeMap<String, List<Instant>>();
        decisions.stream()
                .filter(decision ->
                        decision.channel().equals(SMS) && decision.verdict().equals(Verdict.SENT))
                .filter(decision -> decision.origin().message().equals("reminder"))
                .forEach(
                        decision -> byNumber.computeIfAbsent(decision.customer().id(), id -> new ArrayList<>())
                                .add(decision.at()));
        byNumber.values().forEach(SameBytesTest::assertCap);
    }

    private static void assertCap(List<Instant> sent) {
        for (Instant first : sent) {
            assertThat(sent)
                    .filteredOn(at -> !at.isBefore(first) && at.isBefore(first.plus(Duration.ofHours(24))))
                    .hasSizeLessThanOrEqualTo(3);
        }
    }

    private List<Decision> plain() {
        return play(rehearsal -> rehearsal, 0);
    }

    private List<Decision> play(UnaryOperator<Rehearsal> how, long shuffle) {
        try (var rehearsal = how.apply(Rehearsal.of(basket, orders)
                .under(Policy.vietnam())
                .startingAt(START)
                .pool(Pool.pieces("reminders", 60)))) {
            everybody(shuffle)
                    .forEach(number -> rehearsal.customer(name(number), m -> m.email(name(number) + "@example.com")
                            .phone(phone(number))
                            .grants(ADVERTISING, EMAIL, SMS)));
            rehearsal.advance(Duration.ofMinutes(1));
            everybody(shuffle)
                    .forEach(number -> rehearsal.customer(
                            name(number), m -> m.does("Product Added", Map.of("product", "Tea " + number))));
            rehearsal.advance(hours(8));
            everybody(shuffle).stream()
                    .filter(number -> number % 3 == 0)
                    .forEach(number -> rehearsal.customer(
                            name(number), m -> m.does("Order Completed", Map.of("order_id", "A-" + number))));
            for (int number : everybody(0)) {
                if (number % 7 == 0) {
                    rehearsal.replies(SMS, Address.phone(phone(number)), "TC");
                }
            }
            rehearsal.advance(hours(30));
            everybody(shuffle)
                    .forEach(number -> rehearsal.customer(
                            name(number), m -> m.does("Product Added", Map.of("product", "Cup " + number))));
            rehearsal.advance(Duration.ofDays(4));
            var decisions = new ArrayList<Decision>();
            rehearsal.queries().decisions(decisions::add);
            assertThat(decisions).hasSizeGreaterThan(CUSTOMERS);
            return decisions;
        }
    }

    private static List<Integer> everybody(long shuffle) {
        var numbers = new ArrayList<Integer>();
        for (int number = 1; number <= CUSTOMERS; number++) {
            numbers.add(number);
        }
        if (shuffle != 0) {
            Collections.shuffle(numbers, new Random(shuffle));
        }
        return numbers;
    }

    private static String name(int number) {
        return "customer-" + number;
    }

    private static String phone(int number) {
        return "+8457" + (1_000_000 + number);
    }

    private static List<String> bytes(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> HexFormat.of().formatHex(Decision.CODEC.encode(decision)))
                .toList();
    }
}

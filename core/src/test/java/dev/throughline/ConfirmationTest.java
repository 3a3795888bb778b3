// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Evidence;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Withdrawal;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.link.Link;
import dev.throughline.link.LinkKeys;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Double opt-in under German law, by a link in a mail. */
class ConfirmationTest {

    private static final Identity ANA = userId("ana");
    private static final Pattern TOKEN = Pattern.compile("https://shop.example/confirm/([A-Za-z0-9_-]+)");
    private static final LinkKeys KEYS = LinkKeys.signing(1, "the first secret of a small tea shop")
            .page(Link.Purpose.CONFIRMATION, "https://shop.example/confirm/");

    private final BlockingQueue<Outbound> sent = new LinkedBlockingQueue<>();
    private final Brand shop = Brand.named("Shop")
            .country("DE")
            .language("en")
            .sender(EMAIL, "news@shop.example")
            .postalAddress("1 Street, Berlin")
            .optOutByWeb("https://shop.example/u/");
    private final Campaign signUp = Campaign.named("sign-up")
            .journey(j -> j.startOn(event("Newsletter Signed Up")).send(request(), first(EMAIL)));
    private final Campaign again = Campaign.named("sign-up-again")
            .journey(j -> j.startOn(event(Links.CONFIRMATION_REQUESTED)).send(request(), first(EMAIL)));
    private final Campaign news = Campaign.named("news").journey(j -> j.startOn(event("Sale Announced"))
            .send(Message.marketing("news", shop).on(EMAIL, mail("Tea", "<p>Tea</p>")), first(EMAIL)));
    private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Throughline throughline = open(KEYS);

    private Throughline open(LinkKeys keys) {
        return Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.LIVE)
                .clock(() -> now)
                .lanes(1)
                .links(keys)
                .channel(new Taking())
                .policy(Policy.draft("de"))
                .campaign(signUp)
                .campaign(again)
                .campaign(news));
    }

    private Message request() {
        return Message.of("please-confirm", MessageClass.CONSENT_REQUEST, shop)
                .on(EMAIL, mail("Please confirm", "<p><a href=\"{{ links.confirm }}\">Yes, send me news</a></p>"));
    }

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void scenario28SendsNoAdvertisingBeforeTheClickAndSendsItAfter() throws InterruptedException {
        String token = signedUp();

        assertThat(announced()).isEqualTo(Verdict.skipped("UNCONFIRMED"));
        assertThat(click("GET", token, "").status()).isEqualTo(200);
        assertThat(announced()).isEqualTo(Verdict.skipped("UNCONFIRMED"));

        var clicked = click("POST", token, "confirm=yes");
        assertThat(clicked.body()).contains("<h1>Thank you</h1>");
        later(Duration.ofMinutes(10));
        assertThat(announced()).isEqualTo(Verdict.SENT);
        assertThat(last(ConsentEvent.Type.CONFIRMED).evidence()).satisfies(evidence -> {
            assertThat(evidence.method()).isEqualTo(Evidence.BY_MAIL);
            assertThat(evidence.notice()).isEqualTo("newsletter");
        });
    }

    @Test
    void scenario28SendsOneRequestOnlyWhileTheConsentIsPending() throws InterruptedException {
        signedUp();

        throughline.track(ANA, "Newsletter Signed Up", Map.of());
        assertThat(decided("sign-up", 2)).isEqualTo(Verdict.skipped("REQUESTED_BEFORE"));
        assertThat(sent).isEmpty();
    }

    @Test
    void scenario28ConfirmsNothingByALinkWhoseTimeIsOverAndSendsAnotherRequest() throws InterruptedException {
        String token = signedUp();
        later(Duration.ofDays(7));

        assertThat(click("POST", token, "confirm=yes").status()).isEqualTo(410);
        assertThat(types()).doesNotContain(ConsentEvent.Type.CONFIRMED);

        assertThat(click("POST", token, "confirm=again").status()).isEqualTo(200);
        String next = token();
        assertThat(next).isNotEqualTo(token);
        assertThat(announced()).isEqualTo(Verdict.skipped("UNCONFIRMED"));
        click("POST", next, "confirm=yes");
        later(Duration.ofMinutes(10));
        assertThat(announced()).isEqualTo(Verdict.SENT);
    }

    @Test
    void clickedAgainItIsConfirmedOnce() throws InterruptedException {
        String token = signedUp();

        click("POST", token, "confirm=yes");
        later(Duration.ofDays(1));
        assertThat(click("POST", token, "confirm=yes").status()).isEqualTo(200);

        assertThat(types()).containsOnlyOnce(ConsentEvent.Type.CONFIRMED);
    }

    @Test
    void confirmsNothingThatWasTakenBackSince() throws InterruptedException {
        String token = signedUp();
        throughline.consent(ANA).record(Withdrawal.of(ADVERTISING).on(EMAIL));
        later(Duration.ofHours(1));

        assertThat(click("POST", token, "confirm=yes").body()).contains("There is nothing to confirm");
        assertThat(types()).doesNotContain(ConsentEvent.Type.CONFIRMED);
    }

    @Test
    void changesNothingByOtherLinksAndForms() throws InterruptedException {
        String token = signedUp();
        String unsubscribing = KEYS.sign(new Link(Link.Purpose.UNSUBSCRIBE, "0".repeat(32), null));
        String unknown = KEYS.sign(new Link(Link.Purpose.CONFIRMATION, "0".repeat(32), now.plusSeconds(60)));

        assertThat(click("POST", token.substring(1), "confirm=yes").status()).isEqualTo(404);
        assertThat(click("POST", unsubscribing, "confirm=yes").status()).isEqualTo(404);
        assertThat(click("POST", unknown, "confirm=yes").status()).isEqualTo(404);
        assertThat(click("POST", token, "").status()).isEqualTo(400);
        assertThat(click("POST", token, "confirm=again").status()).isEqualTo(400);
        assertThat(click("PUT", token, "confirm=yes").status()).isEqualTo(405);
        assertThat(types()).doesNotContain(ConsentEvent.Type.CONFIRMED);
    }

    @Test
    void asksNobodyUnasked() throws InterruptedException {
        throughline.identify(ANA, Map.of("email", "ana@example.com"));
        throughline.track(ANA, "Newsletter Signed Up", Map.of());

        assertThat(decided("sign-up", 1)).isEqualTo(Verdict.skipped("NOTHING_TO_CONFIRM"));
    }

    @Test
    void opensOnlyWithAKeyAndAPageForItsLinks() {
        assertThatThrownBy(() -> open(LinkKeys.NONE))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining("campaign 'sign-up', message 'please-confirm': links: a key and a page for"
                        + " CONFIRMATION, such as LinkKeys.signing(1, secret).page(CONFIRMATION, address)");
    }

    private int requests;

    private String signedUp() throws InterruptedException {
        throughline.identify(ANA, Map.of("email", "ana@example.com"));
        throughline
                .consent(ANA)
                .record(Grant.of(ADVERTISING)
                        .on(EMAIL)
                        .shown(notice("newsletter", 1))
                        .awaitingConfirmation());
        later(Duration.ofSeconds(1));
        throughline.track(ANA, "Newsletter Signed Up", Map.of());
        return token();
    }

    private String token() throws InterruptedException {
        Outbound mail = sent.poll(10, TimeUnit.SECONDS);
        assertThat(mail).isNotNull();
        var found = TOKEN.matcher(((EmailContent) mail.content()).html());
        assertThat(found.find()).isTrue();
        requests++;
        while (types().stream().filter(ConsentEvent.Type.REQUESTED::equals).count() < requests) {
            Thread.sleep(5); // until its outcome is known
        }
        later(Duration.ofMinutes(1));
        return found.group(1);
    }

    private Verdict announced() throws InterruptedException {
        int before = decisions("news").size();
        throughline.track(ANA, "Sale Announced", Map.of());
        Verdict verdict = decided("news", before + 1);
        if (verdict.equals(Verdict.SENT)) {
            assertThat(sent.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        return verdict;
    }

    private Verdict decided(String campaign, int number) throws InterruptedException {
        for (int i = 0; i < 2_000 && decisions(campaign).size() < number; i++) {
            Thread.sleep(5); // until its outcome is known
        }
        return decisions(campaign).get(number - 1).verdict();
    }

    private List<Decision> decisions(String campaign) {
        return throughline.queries().decisions(ANA).stream()
                .filter(decision -> decision.origin().campaign().equals(campaign))
                .toList();
    }

    private CallbackAnswer click(String method, String token, String body) {
        return throughline
                .links()
                .confirm(new RawCallback(
                        method,
                        "/confirm/" + token,
                        Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private List<ConsentEvent.Type> types() {
        return ledger().stream().map(ConsentEvent::type).toList();
    }

    private ConsentEvent last(ConsentEvent.Type type) {
        return ledger().stream()
                .filter(line -> line.type() == type)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private List<ConsentEvent> ledger() {
        return throughline.queries().consents(ANA).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private final class Taking implements ChannelAdapter {
        @Override
        public String id() {
            return "taking";
        }

        @Override
        public Channel channel() {
            return EMAIL;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message);
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}

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

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Grant;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes to the addresses of signed links. */
class LinksTest {

    private static final Identity MAI = userId("mai");
    private static final String PAGE = "https://shop.example/u/";
    private static final LinkKeys KEYS = LinkKeys.signing(1, "the first secret of a small tea shop");
    private static final LinkKeys CHANGED = LinkKeys.signing(2, "the second secret of the same tea shop")
            .accepting(1, "the first secret of a small tea shop");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

    private final BlockingQueue<Outbound> sent = new LinkedBlockingQueue<>();
    private volatile Instant now = Instant.parse("2026-11-23T02:00:00Z");
    private final Throughline throughline = open();

    @AfterEach
    void close() {
        throughline.close();
    }

    @Test
    void scenario23UnsubscribesByOneClickAndNeverByLooking() throws InterruptedException {
        String target = target(mailed());

        CallbackAnswer looked = throughline.links().unsubscribe(request("GET", target, "", ""));
        throughline.links().unsubscribe(request("HEAD", target, "", ""));
        assertThat(looked.status()).isEqualTo(200);
        assertThat(looked.body()).contains("<form method=\"post\">").contains("One-Click");
        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED);

        CallbackAnswer acted = throughline.links().unsubscribe(request("POST", target, FORM, ONE_CLICK));
        assertThat(acted.status()).isEqualTo(200);
        assertThat(acted.headers()).doesNotContainKey("Location").containsEntry("Referrer-Policy", "no-referrer");
        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED, ConsentEvent.Type.WITHDRAWN);

        assertThat(throughline.links().unsubscribe(request("POST", target, FORM, ONE_CLICK)))
                .isEqualTo(acted);
        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED, ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void takesAOneClickThatComesInParts() throws InterruptedException {
        String target = target(mailed());
        String body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";

        assertThat(throughline
                        .links()
                        .unsubscribe(request("POST", target, "multipart/form-data; boundary=x", body))
                        .status())
                .isEqualTo(200);

        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED, ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void scenario24TakesALinkThatIs59DaysOldThoughTheKeyHasChanged() throws InterruptedException {
        String old = "/u/"
                + KEYS.sign(new Link(Link.Purpose.UNSUBSCRIBE, mailed().id().value(), null));
        now = now.plus(Duration.ofDays(59));

        assertThat(throughline
                        .links()
                        .unsubscribe(request("POST", old, FORM, ONE_CLICK))
                        .status())
                .isEqualTo(200);

        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED, ConsentEvent.Type.WITHDRAWN);
    }

    @Test
    void changesNothingByLinksThatAreForgedCutForeignOrForSomethingElse() throws InterruptedException {
        Outbound mail = mailed();
        String target = target(mail);
        String message = mail.id().value();
        var foreign = LinkKeys.signing(1, "a secret of quite another tea shop");
        var of = new Link(Link.Purpose.UNSUBSCRIBE, message, null);
        var wrong = List.of(
                target.substring(0, target.length() - 1),
                target.substring(0, target.length() - 1) + (target.endsWith("A") ? "B" : "A"),
                "/u/" + foreign.sign(of),
                "/u/" + KEYS.sign(new Link(Link.Purpose.PREFERENCES, message, null)),
                "/u/" + KEYS.sign(new Link(Link.Purpose.UNSUBSCRIBE, "0".repeat(32), null)),
                "/u/" + message,
                "/u/",
                "");

        for (String each : wrong) {
            assertThat(throughline.links().unsubscribe(request("POST", each, FORM, ONE_CLICK)))
                    .as(each)
                    .satisfies(answer -> assertThat(answer.status()).isEqualTo(404))
                    .satisfies(answer -> assertThat(answer.body()).contains("Nothing was changed."));
            assertThat(throughline
                            .links()
                            .unsubscribe(request("GET", each, "", ""))
                            .status())
                    .as(each)
                    .isEqualTo(404);
        }
        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED);
    }

    @Test
    void changesNothingByWhatIsNoOneClick() throws InterruptedException {
        String target = target(mailed());

        assertThat(status("POST", target, FORM, "")).isEqualTo(400);
        assertThat(status("POST", target, FORM, "List-Unsubscribe=Two-Clicks")).isEqualTo(400);
        assertThat(status("POST", target, "application/json", "{\"List-Unsubscribe\":\"One-Click\"}"))
                .isEqualTo(400);
        assertThat(status("DELETE", target, FORM, ONE_CLICK)).isEqualTo(405);
        assertThat(ledger()).containsExactly(ConsentEvent.Type.GRANTED);
    }

    @Test
    void speaksVietnameseToWhoAsksForIt() throws InterruptedException {
        String target = target(mailed());

        assertThat(throughline
                        .links()
                        .unsubscribe(request("GET", target + "?lang=vi", "", ""))
                        .body())
                .contains("<html lang=\"vi\">")
                .contains("<h1>Ngừng nhận quảng cáo?</h1>");
    }

    @Test
    void tellsWhoClicksToTryAgainWhereNothingCanBeStored() throws InterruptedException {
        String target = target(mailed());
        throughline.close();

        assertThat(status("POST", target, FORM, ONE_CLICK)).isEqualTo(503);
    }

    private int status(String method, String target, String type, String body) {
        return throughline
                .links()
                .unsubscribe(request(method, target, type, body))
                .status();
    }

    private static RawCallback request(String method, String target, String type, String body) {
        return new RawCallback(
                method, target, Map.of("Content-Type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String target(Outbound mail) {
        assertThat(mail.unsubscribe()).startsWith(PAGE).doesNotContain(mail.id().value());
        return "/u/" + mail.unsubscribe().substring(PAGE.length());
    }

    private Outbound mailed() throws InterruptedException {
        throughline.identify(MAI, Map.of("email", "mai@example.com"));
        throughline.consent(MAI).record(Grant.of(ADVERTISING).on(EMAIL).shown(notice("checkout", 3)));
        throughline.track(MAI, "Sale Announced", Map.of());
        Outbound mail = sent.poll(10, TimeUnit.SECONDS);
        assertThat(mail).isNotNull();
        while (throughline.queries().decisions(MAI).isEmpty()) {
            Thread.sleep(5); // until its outcome is known
        }
        now = now.plus(Duration.ofHours(1));
        return mail;
    }

    private List<ConsentEvent.Type> ledger() {
        return throughline.queries().consents(MAI).values().stream()
                .flatMap(List::stream)
                .map(ConsentEvent::type)
                .toList();
    }

    private Throughline open() {
        return Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.LIVE)
                .clock(() -> now)
                .lanes(1)
                .links(CHANGED)
                .channel(new Taking())
                .policy(Policy.vietnam())
                .campaign(offers()));
    }

    private static Campaign offers() {
        var shop = Brand.named("Shop")
                .country("VN")
                .language("en")
                .sender(EMAIL, "news@shop.example")
                .postalAddress("1 Street, Hanoi")
                .optOutByWeb(PAGE)
                .optOutByCall("1900 0000");
        var offer = Message.marketing("offer", shop).on(EMAIL, mail("Tea", "<p>Tea</p>"));
        return Campaign.named("offers")
                .journey(j -> j.startOn(event("Sale Announced")).send(offer, first(EMAIL)));
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

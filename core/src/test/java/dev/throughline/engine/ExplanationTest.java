// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.Rehearsal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");
    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Message news = Message.transactional(
                    "order-news", Brand.named("Shop").country("VN"))
            .on(EMAIL, mail("Order", "<p>It is on its way.</p>"))
            .on(SMS, text("Don hang dang giao"));
    private final Campaign orderNews = Campaign.named("order-news").journey(j -> j.startOn(event("Order Shipped"))
            .send(news, first(EMAIL).thenIfUndeliverable(SMS)));

    @Test
    void tellsWhatHappenedInOneInstantInTheOrderInWhichItHappened() {
        try (var rehearsal = shipped()) {
            var lines = rehearsal
                    .queries()
                    .explain(userId("mai"), "order-news", ZONE)
                    .lines();

            assertThat(lines)
                    .extracting(line -> line.english())
                    .containsExactly(
                            "identify",
                            "Order Shipped",
                            "journey started (Order Shipped)",
                            "order-news (email): FAILED(BLOCKED_POLICY)",
                            "order-news (sms): SENT",
                            "journey ended");
            assertThat(lines)
                    .extracting(line -> line.at())
                    .containsOnly(lines.get(0).at());
        }
    }

    @Test
    void tellsThatTwoBecameOneBehindWhatMadeThemOne() {
        try (var rehearsal = shipped()) {
            var browser = Identity.anonymousId("a-1");
            rehearsal.customer(browser, v -> v.does("Viewed"));
            rehearsal.advance(Duration.ofMinutes(1));
            rehearsal.customer(browser, v -> v.identity(userId("mai"))).advance(Duration.ofMinutes(1));

            var explanation = rehearsal.queries().explain(browser, "order-news", ZONE);
            var absorbed = rehearsal.queries().merges(userId("mai")).get(0).other();
            assertThat(explanation.toString())
                    .endsWith("2026-11-23 09:01  Viewed\n2026-11-23 09:02  identify\n"
                            + "2026-11-23 09:02  became one customer with " + absorbed + "\n");
            assertThat(explanation.in(VIETNAMESE)).endsWith("hợp nhất với khách hàng " + absorbed + "\n");
        }
    }

    @Test
    void tellsAJourneyThatEndsInTheInstantOfItsBeginning() {
        var brief = Campaign.named("brief").journey(j -> j.startOn(event("Added"))
                .exitOn(event("Ordered"))
                .delay(Duration.ofHours(1))
                .send(news, first(EMAIL)));
        try (var rehearsal = Rehearsal.of(brief).under(Policy.vietnam())) {
            rehearsal.customer("mai", m -> m.email("mai@example.com")
                    .grants(ADVERTISING, EMAIL)
                    .does("Added")
                    .does("Ordered"));
            rehearsal.advance(Duration.ofMinutes(1));

            assertThat(rehearsal.queries().explain(userId("mai"), "brief", ZONE).lines())
                    .extracting(line -> line.english())
                    .containsExactly(
                            "identify",
                            "Consent Granted",
                            "Added",
                            "Ordered",
                            "journey started (Added)",
                            "journey left (Ordered)");
        }
    }

    @Test
    void endsWithWhatWaitsForABetterTime() {
        var offer = Message.marketing(
                        "offer",
                        Brand.named("Shop")
                                .country("VN")
                                .sender(SMS, "SHOP")
                                .optOutBySms("TC", "8088")
                                .optOutByCall("1900 0000"))
                .on(SMS, text("Giam gia"));
        var late = Campaign.named("late").journey(j -> j.startOn(event("Added"))
                .delay(Duration.ofMinutes(13 * 60 + 30))
                .send(offer, first(SMS)));
        try (var rehearsal = Rehearsal.of(late).under(Policy.vietnam())) {
            rehearsal.customer(
                    "mai", m -> m.phone("+84900000001").grants(ADVERTISING, SMS).does("Added"));
            rehearsal.advance(Duration.ofHours(20));

            var waiting = rehearsal.queries().explain(userId("mai"), "late", ZONE);
            assertThat(rehearsal.queries().pending(userId("mai")))
                    .extracting(
                            message -> message.deferred().map(Instant::toString).orElse(""))
                    .containsExactly("2026-11-24T00:00:00Z");
            assertThat(waiting.toString())
                    .contains("2026-11-24 05:00  offer (sms): DEFERRED until 2026-11-24 07:00\n")
                    .contains(
                            "✗ hours: 2026-11-23 22:30 in Asia/Ho_Chi_Minh is outside the allowed hours; waits until 2026-11-24 07:00");
            assertThat(waiting.in(VIETNAMESE)).contains("offer (sms): HOÃN ĐẾN 2026-11-24 07:00\n");

            rehearsal.advance(Duration.ofHours(3));
            assertThat(rehearsal.queries().pending(userId("mai"))).isEmpty();
            assertThat(rehearsal.queries().explain(userId("mai"), "late", ZONE).toString())
                    .contains("2026-11-24 07:00  offer (sms): SENT\n")
                    .doesNotContain("DEFERRED");
        }
    }

    @Test
    void beginsWhatACheckSaidWithItsName() {
        try (var rehearsal = shipped()) {
            var explanation = rehearsal.queries().explain(userId("mai"), "order-news", ZONE);

            assertThat(explanation.in(Locale.ENGLISH))
                    .contains("                    · consent: messages of class TRANSACTIONAL need no consent\n")
                    .contains("                    ✗ dispatch: refused by the provider: BLOCKED_POLICY (no)\n")
                    .contains("                    · dispatch: accepted by the provider at 2026-11-23 09:00\n");
            assertThat(explanation.in(VIETNAMESE))
                    .contains("                    · sự đồng ý: tin loại TRANSACTIONAL không cần sự đồng ý\n")
                    .contains("                    ✗ gửi: nhà cung cấp từ chối: BLOCKED_POLICY (no)\n");
        }
    }

    @Test
    void saysThatNoCampaignOfTheNameHasTouchedHer() {
        try (var rehearsal = shipped()) {
            var mistyped = rehearsal.queries().explain(userId("mai"), "order-new", ZONE);
            var nobody = rehearsal.queries().explain(userId("lan"), "order-news", ZONE);

            assertThat(mistyped).hasToString("No campaign named 'order-new' has touched this customer.\n");
            assertThat(mistyped.in(VIETNAMESE))
                    .isEqualTo("Chưa có chiến dịch nào tên 'order-new' tác động đến khách hàng này.\n");
            assertThat(nobody).hasToString("No campaign named 'order-news' has touched this customer.\n");
        }
    }

    private Rehearsal shipped() {
        return Rehearsal.of(orderNews)
                .under(Policy.vietnam())
                .startingAt("2026-11-23T09:00+07:00")
                .channel(new Refusing())
                .customer(
                        "mai",
                        m -> m.email("mai@example.com").phone("+84 90 000 0001").does("Order Shipped", Map.of()))
                .advance(Duration.ofMinutes(1));
    }

    private static final class Refusing implements ChannelAdapter {
        @Override
        public String id() {
            return "email-refusing";
        }

        @Override
        public Channel channel() {
            return EMAIL;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            return CompletableFuture.completedFuture(
                    new SendResult.Rejected(FailureCause.BLOCKED_POLICY, Scope.MESSAGE, "no"));
        }
    }
}

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
import dev.throughline.decision.Verdict;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private final Brand shop = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private final Message reminder = Message.marketing("basket-reminder", shop)
            .on(
                    EMAIL,
                    mail(
                            "{{ customer.firstName }}, your basket is waiting",
                            "<p>{{ event.product }} is still there.</p>"))
            .on(SMS, text("{{ event.product }} dang cho ban: {{ event.url }}"));

    private final Campaign basketRecovery = Campaign.named("basket-recovery")
            .journey(j -> j.startOn(event("Product Added"))
                    .exitOn(event("Order Completed"))
                    .delay(hours(1))
                    .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS)));

    @Test
    void remindsByMailAndThenBySms() {
        try (var rehearsal =
                Rehearsal.of(basketRecovery).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")) {
            var report = rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai")
                            .email("mai@example.com")
                            .phone("+84 90 000 0001")
                            .grants(ADVERTISING, EMAIL, SMS)
                            .does("Product Added", Map.of("product", "Tea set", "url", "https://shop.example/b/7")))
                    .advance(hours(6))
                    .report();

            assertThat(report.decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT, Verdict.SENT);
        }
    }

    @Test
    void writesAtOnceToAnAddressOfTheSameInstant() {
        var news = Message.transactional("news", shop).on(SMS, text("{{ event.order_id }}"));
        var orderNews = Campaign.named("order-news")
                .journey(j -> j.startOn(event("Order Completed")).send(news, first(SMS)));
        try (var rehearsal = Rehearsal.of(orderNews).under(Policy.vietnam())) {
            rehearsal.customer(
                    "mai", m -> m.phone("+84 90 000 0001").does("Order Completed", Map.of("order_id", "A-17")));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT);
        }
    }

    @Test
    void bringsAGrantToTheFirstAddressThatComesAfterIt() {
        try (var rehearsal = Rehearsal.of(basketRecovery).under(Policy.vietnam())) {
            rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai").grants(ADVERTISING, EMAIL))
                    .advance(hours(1))
                    .customer("mai", m -> m.email("mai@example.com"))
                    .advance(hours(1))
                    .customer("mai", m -> m.does("Product Added", Map.of("product", "Tea set", "url", "-")))
                    .advance(hours(2));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.SENT);
        }
    }

    @Test
    void bringsAGrantToNoSecondAddress() {
        try (var rehearsal = Rehearsal.of(basketRecovery).under(Policy.vietnam())) {
            rehearsal
                    .customer("mai", m -> m.trait("firstName", "Mai")
                            .email("mai@example.com")
                            .grants(ADVERTISING, EMAIL))
                    .advance(hours(1))
                    .customer("mai", m -> m.email("other@example.com"))
                    .advance(hours(1))
                    .customer("mai", m -> m.does("Product Added", Map.of("product", "Tea set", "url", "-")))
                    .advance(hours(2));

            assertThat(rehearsal.report().decisions())
                    .extracting(decision -> decision.verdict())
                    .containsExactly(Verdict.skipped("NO_CONSENT"));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.pool.Pool;
import dev.throughline.rehearsal.Rehearsal;
import java.nio.file.Path;
import java.util.Map;

/** The shop of the golden databases: in the middle of its story one of each thing that a store keeps is there. */
final class GoldenShop {

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, "SHOP")
            .sender(EMAIL, "news@shop.example")
            .optOutByEmail("stop@shop.example")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private static final Message REMINDER = Message.marketing("reminder", SHOP)
            .on(EMAIL, mail("{{ customer.firstName }}, your basket", "<p>{{ event.product }}</p>"))
            .on(SMS, text("{{ event.product }} dang cho ban"))
            .drawsOn("reminders");
    private static final Message THANKS =
            Message.transactional("thanks", SHOP).on(SMS, text("Cam on {{ customer.firstName }}"));

    private GoldenShop() {}

    /**
     * Writes the golden database of this release's version, whose file must not be there.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) {
        try (var shop = on(JdbcStore.sqlite(Path.of(arguments[0])))) {
            morning(shop);
        }
    }

    static Rehearsal on(JdbcStore store) {
        return Rehearsal.of(
                        Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                                .exitOn(event("Order Completed"))
                                .delay(hours(1))
                                .send(REMINDER, first(EMAIL).thenIfNoResponse(hours(4), SMS))),
                        Campaign.named("thanks").journey(j -> j.startOn(event("Order Completed")
                                        .where(count("Order Completed").atLeast(2)))
                                .keyedBy("order_id")
                                .send(THANKS, first(SMS))))
                .under(Policy.vietnam())
                .pool(Pool.pieces("reminders", 10))
                .startingAt("2026-11-23T08:00+07:00")
                .on(store);
    }

    /** Mai has ordered once, and was known as two until then; her basket is full, and a mail has been sent. Lan has refused everything. */
    static void morning(Rehearsal shop) {
        shop.customer("mai", m -> m.trait("firstName", "Mai")
                        .email("mai@customers.example")
                        .phone("+84 90 000 0001")
                        .grants(ADVERTISING, EMAIL, SMS)
                        .does("Order Completed", Map.of("order_id", "A-1", "total", 300_000)))
                .customer("lan", l -> l.trait("firstName", "Lan")
                        .phone("+84 90 000 0002")
                        .grants(ADVERTISING, SMS)
                        .withdraws(ADVERTISING, SMS)
                        .does("Product Added", Map.of("product", "Bo am chen")))
                .customer("mai", m -> m.does("Product Added", Map.of("product", "Bo am chen")))
                .advance(hours(1));
    }
}

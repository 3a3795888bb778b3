// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import java.util.function.Supplier;

/** The campaign that the guide tests. */
final class BasketRecovery implements Supplier<Campaign> {

    @Override
    public Campaign get() {
        var shop = Brand.named("Shop")
                .country("VN")
                .sender(SMS, "SHOP")
                .optOutBySms("TC", "8088")
                .optOutByCall("1900 0000");
        var reminder = Message.marketing("basket-reminder", shop)
                .on(EMAIL, mail("Your basket is waiting", "<p>{{ event.product }} is still there.</p>"))
                .on(SMS, text("{{ event.product }} dang cho ban: {{ event.url }}"));
        return Campaign.named("basket-recovery").journey(j -> j.startOn(event("Product Added"))
                .exitOn(event("Order Completed"))
                .delay(hours(1))
                .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS)));
    }
}

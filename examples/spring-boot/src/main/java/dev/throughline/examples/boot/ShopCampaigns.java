// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;

/** What the shop tells its customers. */
final class ShopCampaigns {

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(EMAIL, "Shop <news@shop.example>")
            .sender(SMS, "SHOP")
            .optOutByCall("1900 0000");

    private ShopCampaigns() {}

    /** A mail for each order, as soon as it is in the books. */
    static Campaign confirmation() {
        var thanks = Message.transactional("thanks", SHOP)
                .on(EMAIL, mail("Order {{ event.order_id }}", "<p>Thank you for order {{ event.order_id }}.</p>"));
        return Campaign.named("confirmation")
                .journey(j ->
                        j.keyedBy("order_id").startOn(event("Order Completed")).send(thanks, first(EMAIL)));
    }

    /** A text when it can be picked up. */
    static Campaign pickUp() {
        var ready = Message.transactional("ready", SHOP).on(SMS, text("Order {{ event.order_id }} is ready."));
        return Campaign.named("pick-up")
                .journey(
                        j -> j.keyedBy("order_id").startOn(event("Order Ready")).send(ready, first(SMS)));
    }
}

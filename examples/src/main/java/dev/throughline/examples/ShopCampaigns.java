// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.days;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.segment.Conditions.sum;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Money;
import dev.throughline.message.Message;
import dev.throughline.pool.Pool;

/** What the shop tells its customers: five campaigns of one brand, and the money that the sale may cost. */
final class ShopCampaigns {

    static final String SECOND_PURCHASE = "second-purchase";
    static final String WIN_BACK = "win-back";
    static final String ORDER_NEWS = "order-news";
    static final String VIP = "vip";
    static final String BURST_SALE = "burst-sale";

    static final Money SMS_PRICE = Money.of(350, "VND");

    private static final Money SALE_BUDGET_PER_CUSTOMER = Money.of(550, "VND");
    private static final int VIP_SPEND = 1_000;
    private static final String ORDER = "Order Completed";
    private static final String SALE_BUDGET = "sale-budget";

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .postalAddress("1 Le Loi, Ho Chi Minh City")
            .sender(SMS, "SHOP")
            .sender(EMAIL, "news@shop.example")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000")
            .optOutByEmail("stop@shop.example")
            .optOutByWeb("https://shop.example/unsubscribe/");

    private ShopCampaigns() {}

    static Campaign[] all() {
        return new Campaign[] {secondPurchase(), winBack(), orderNews(), vip(), burstSale()};
    }

    /** Less than four messages to everybody who agreed cost, so that it runs out. */
    static Pool saleBudget(int customers) {
        return Pool.budget(SALE_BUDGET, SALE_BUDGET_PER_CUSTOMER.times(customers));
    }

    private static Campaign secondPurchase() {
        var message = Message.marketing("second-purchase", SHOP)
                .on(
                        EMAIL,
                        mail(
                                inBoth(
                                        "{{ customer.firstName }}, what comes next?",
                                        "{{ customer.firstName }}, món tiếp theo?"),
                                inBoth(
                                        "<p>You liked {{ event.product }}. Your second order ships free.</p>",
                                        "<p>Bạn đã chọn {{ event.product }}. Đơn thứ hai miễn phí giao hàng.</p>")))
                .on(
                        SMS,
                        text(inBoth(
                                "Your second order ships free: code HAI", "Don thu hai mien phi giao hang: ma HAI")));
        return Campaign.named(SECOND_PURCHASE)
                .journey(j -> j.startOn(event(ORDER).where(count(ORDER).exactly(1)))
                        .exitOn(event(ORDER))
                        .delay(days(14))
                        .send(message, first(EMAIL).thenIfNoResponse(days(3), SMS)));
    }

    private static Campaign winBack() {
        var message = Message.marketing("win-back", SHOP)
                .on(
                        EMAIL,
                        mail(
                                inBoth("We miss you, {{ customer.firstName }}", "Shop nhớ {{ customer.firstName }}"),
                                inBoth(
                                        "<p>Ten percent off your next order.</p>",
                                        "<p>Giảm mười phần trăm cho đơn hàng tới.</p>")))
                .on(SMS, text(inBoth("10% off your next order: code BACK", "Giam 10% cho don hang toi: ma BACK")));
        return Campaign.named(WIN_BACK).journey(j -> j.startOn(event(ORDER))
                .exitOn(event(ORDER))
                .delay(days(60))
                .send(message, first(EMAIL).thenIfUndeliverable(SMS)));
    }

    private static Campaign orderNews() {
        var message = Message.transactional("order-news", SHOP)
                .on(
                        EMAIL,
                        mail(
                                inBoth("Your order {{ event.order_id }}", "Đơn hàng {{ event.order_id }} của bạn"),
                                inBoth(
                                        "<p>Thank you, {{ customer.firstName }}. Total: GBP {{ event.total }}.</p>",
                                        "<p>Cảm ơn {{ customer.firstName }}. Tổng cộng: {{ event.total }} GBP.</p>")))
                .on(
                        SMS,
                        text(inBoth(
                                "SHOP: we have your order {{ event.order_id }}",
                                "SHOP: da nhan don hang {{ event.order_id }}")));
        return Campaign.named(ORDER_NEWS).journey(j -> j.startOn(event(ORDER))
                .keyedBy("order_id")
                .send(message, first(EMAIL).thenIfUndeliverable(SMS)));
    }

    private static Campaign vip() {
        var message = Message.marketing("vip", SHOP)
                .on(
                        EMAIL,
                        mail(
                                inBoth(
                                        "{{ customer.firstName }}, you are a VIP",
                                        "{{ customer.firstName }}, bạn là khách VIP"),
                                inBoth("<p>Your own line: 1900 0001.</p>", "<p>Đường dây riêng: 1900 0001.</p>")))
                .on(
                        SMS,
                        text(inBoth(
                                "You are a VIP: your line is 1900 0001",
                                "Ban la khach VIP: duong day rieng 1900 0001")));
        var spend = sum(ORDER, "total").minus("Order Cancelled").within(days(90));
        return Campaign.named(VIP).journey(j -> j.startOn(event(ORDER).where(spend.atLeast(VIP_SPEND)))
                .once()
                .send(message, first(EMAIL).thenIfUndeliverable(SMS)));
    }

    private static Campaign burstSale() {
        var message = Message.marketing("sale", SHOP)
                .on(SMS, text(inBoth("Sale tonight: code {{ event.code }}", "Giam gia dem nay: ma {{ event.code }}")))
                .drawsOn(SALE_BUDGET);
        return Campaign.named(BURST_SALE)
                .journey(j -> j.startOn(event(ShopFeed.SALE)).keyedBy("wave").send(message, first(SMS)));
    }

    private static String inBoth(String english, String vietnamese) {
        return "{% if customer.language == 'en' %}" + english + "{% else %}" + vietnamese + "{% endif %}";
    }
}

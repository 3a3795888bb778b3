// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.days;
import static dev.throughline.Words.entering;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.leaving;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.text;
import static dev.throughline.Words.traitDate;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.PUSH;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.identity.Channel.ZALO;
import static dev.throughline.segment.Conditions.count;
import static dev.throughline.testkit.Cause.FIRST;
import static dev.throughline.testkit.Cause.UNDELIVERABLE;
import static dev.throughline.testkit.ThroughlineAssertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.segment.Segment;
import dev.throughline.testkit.Law;
import dev.throughline.testkit.TestHost;
import dev.throughline.testkit.ThroughlineTest;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a shop wants, told as stories: the clock starts on a Monday at nine in Vietnam. */
class SeedStoriesTest {

    private static final String PHONE = "+84 90 000 0001";

    private static Brand shop() {
        return Brand.named("Shop")
                .country("VN")
                .sender(SMS, "SHOP")
                .optOutBySms("TC", "8088")
                .optOutByCall("1900 0000");
    }

    static final class BasketReminder implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var reminder = Message.marketing("basket-reminder", shop())
                    .on(EMAIL, mail("Your basket is waiting", "<p>{{ event.product }}</p>"))
                    .on(SMS, text("{{ event.product }} dang cho ban"));
            return Campaign.named("basket").journey(j -> j.startOn(event("Product Added"))
                    .exitOn(event("Order Completed"))
                    .delay(hours(1))
                    .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS)));
        }
    }

    @ThroughlineTest(BasketReminder.class)
    void basketReminderByMailAndThenBySmsIsStoppedByAPurchaseInTheStore(TestHost host) {
        var mai = host.customer(
                "mai", m -> m.email("mai@example.com").phone(PHONE).grants(ADVERTISING, EMAIL, SMS));
        mai.does("Product Added", Map.of("product", "Tea set"));
        host.advanceTo("12:00");
        assertThat(mai).received("basket-reminder").via(EMAIL).at("10:00");

        buysAtTheTill(host, Identity.phone(PHONE));
        host.advance(hours(6));

        assertThat(mai).receivedMessages(1);
    }

    static final class PriceInterest implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var offer =
                    Message.marketing("price", shop()).on(EMAIL, mail("Still thinking?", "<p>{{ event.product }}</p>"));
            return Campaign.named("price").journey(j -> j.startOn(event("Product Viewed")
                            .where(count("Product Viewed").within(days(2)).atLeast(2)))
                    .reenterAfter(days(7))
                    .send(offer, first(EMAIL)));
        }
    }

    @ThroughlineTest(PriceInterest.class)
    void priceThatIsLookedAtTwiceBringsAMessage(TestHost host) {
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));
        mai.does("Product Viewed", Map.of("product", "Tea set"));
        host.advance(hours(1));
        assertThat(mai).receivedNothing();

        mai.does("Product Viewed", Map.of("product", "Tea set"));
        host.advance(hours(1));
        mai.does("Product Viewed", Map.of("product", "Tea set"));
        host.advance(hours(1));

        assertThat(mai).received("price").at("10:00").saying("Tea set").times(1);
    }

    static final class NewDrink implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var drink = Message.marketing("new-drink", shop())
                    .on(PUSH, text("Peach tea is here"))
                    .on(ZALO, text("Peach tea is here. Come and taste it."))
                    .on(SMS, text("Tra dao da co tai SHOP"))
                    .on(EMAIL, mail("Peach tea is here", "<h1>Peach tea</h1>"));
            return Campaign.named("new-drink").journey(j -> j.startOn(event("Drink Announced"))
                    .send(
                            drink,
                            first(PUSH)
                                    .thenIfUndeliverable(ZALO)
                                    .thenIfUndeliverable(SMS)
                                    .thenIfUndeliverable(EMAIL)));
        }
    }

    @ThroughlineTest(value = NewDrink.class, under = Law.BASE)
    void oneNewDrinkIsOneMessageOnFourChannels(TestHost host) {
        var an = host.customer(
                "an", m -> m.identity(new Identity("push", "token-1")).grants(ADVERTISING, PUSH));
        var binh = host.customer("binh", m -> m.phone("+84 90 000 0002").grants(ADVERTISING, ZALO));
        var chi = host.customer("chi", m -> m.phone("+84 90 000 0003").grants(ADVERTISING, SMS));
        var dung = host.customer("dung", m -> m.email("dung@example.com").grants(ADVERTISING, EMAIL));
        for (var each : List.of(an, binh, chi, dung)) {
            each.does("Drink Announced");
        }
        host.advance(hours(1));

        assertThat(an).received("new-drink").via(PUSH).because(FIRST);
        assertThat(binh).received("new-drink").via(ZALO).saying("Come and taste it.");
        assertThat(chi).received("new-drink").via(SMS).saying("Tra dao");
        assertThat(dung).received("new-drink").via(EMAIL).because(UNDELIVERABLE);
        for (var each : List.of(an, binh, chi, dung)) {
            assertThat(each).receivedMessages(1);
        }
    }

    static final class DeliveryNews implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var news = Message.transactional("delivery", shop())
                    .on(PUSH, text("Your parcel {{ event.order_id }} comes today"))
                    .on(SMS, text("Don {{ event.order_id }} giao hom nay"));
            return Campaign.named("delivery").journey(j -> j.startOn(event("Order Shipped"))
                    .keyedBy("order_id")
                    .send(news, first(PUSH).thenIfUndeliverable(SMS)));
        }
    }

    @ThroughlineTest(DeliveryNews.class)
    void deliveryNewsFallsBackWhereItCannotBeDelivered(TestHost host) {
        var mai = host.customer("mai", m -> m.phone(PHONE));
        mai.does("Order Shipped", Map.of("order_id", "A-17"));
        host.advance(hours(1));

        assertThat(mai).didNotReceive("delivery").via(PUSH).because("NO_ADDRESS");
        assertThat(mai)
                .received("delivery")
                .via(SMS)
                .at("09:00")
                .because(UNDELIVERABLE)
                .saying("A-17");
    }

    static final class Aftercare implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var care = Message.transactional("aftercare", shop())
                    .on(EMAIL, mail("How is your {{ event.product }}?", "<p>Three hints for long use.</p>"));
            return Campaign.named("aftercare").journey(j -> j.startOn(event("Order Completed"))
                    .exitOn(event("Order Refunded"))
                    .delayDays(7, LocalTime.of(10, 0))
                    .send(care, first(EMAIL)));
        }
    }

    @ThroughlineTest(Aftercare.class)
    void aftercareComesAWeekLaterUnlessItWasGivenBack(TestHost host) {
        var mai = host.customer("mai", m -> m.email("mai@example.com"));
        var lan = host.customer("lan", m -> m.email("lan@example.com"));
        mai.does("Order Completed", Map.of("product", "kettle"));
        lan.does("Order Completed", Map.of("product", "kettle"));
        host.advance(days(3));
        lan.does("Order Refunded");
        host.advance(days(5));

        assertThat(mai).received("aftercare").on("2026-11-30").at("10:00").saying("kettle");
        assertThat(lan).receivedNothing();
    }

    static final class WinBack implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var quiet = Segment.of(
                    "quiet",
                    count("Order Completed")
                            .within(days(60))
                            .below(1)
                            .and(count("Order Completed").atLeast(1)));
            var miss = Message.marketing("win-back", shop()).on(EMAIL, mail("We miss you", "<p>Ten percent off.</p>"));
            return Campaign.named("win-back")
                    .journey(j ->
                            j.startOn(entering(quiet)).exitOn(leaving(quiet)).send(miss, first(EMAIL)));
        }
    }

    @ThroughlineTest(WinBack.class)
    void whoHasBeenQuietForSixtyDaysIsWonBack(TestHost host) {
        var mai = host.customer("mai", m -> m.email("mai@example.com").grants(ADVERTISING, EMAIL));
        mai.does("Order Completed");
        host.advance(days(59));
        assertThat(mai).receivedNothing();

        host.advance(days(1));
        assertThat(mai).received("win-back").on("2027-01-22").at("09:00");
    }

    static final class Birthday implements Supplier<Campaign> {
        @Override
        public Campaign get() {
            var wishes = Message.marketing("birthday", shop())
                    .on(EMAIL, mail("Happy birthday, {{ customer.firstName }}", "<p>A cake is on us.</p>"));
            return Campaign.named("birthday")
                    .journey(j -> j.startYearlyOn(traitDate("birthday").at(LocalTime.of(9, 0)))
                            .send(wishes, first(EMAIL)));
        }
    }

    @ThroughlineTest(Birthday.class)
    void birthdayIsRememberedEveryYear(TestHost host) {
        var mai = host.customer("mai", m -> m.trait("firstName", "Mai")
                .trait("birthday", "1990-12-01")
                .email("mai@example.com")
                .grants(ADVERTISING, EMAIL));
        host.advance(days(400));

        assertThat(mai).received("birthday").times(2);
        assertThat(mai).received("birthday").on("2026-12-01").at("09:00").saying("Mai");
        assertThat(mai).received("birthday").on("2027-12-01").at("09:00");
    }

    private static void buysAtTheTill(TestHost host, Identity name) {
        var now = host.now().toInstant();
        host.rehearsal()
                .happens(new Touchpoint(
                        "receipt-1",
                        Touchpoint.Call.TRACK,
                        "Order Completed",
                        List.of(name),
                        now,
                        now,
                        Map.of("order_id", "T-1"),
                        "till",
                        Origin.LIVE));
    }
}

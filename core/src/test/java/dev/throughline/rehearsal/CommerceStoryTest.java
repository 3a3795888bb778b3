// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import static dev.throughline.Words.days;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.basket;
import static dev.throughline.segment.Conditions.orders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Campaign;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.touchpoint.SegmentJson;
import dev.throughline.touchpoint.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Campaigns that look at the basket and speak of orders. */
class CommerceStoryTest {

    private static final String START = "2026-11-23T02:00:00Z";

    private final Brand shop = Brand.named("Shop").sender(SMS, "SHOP");

    private RecordingChannel channel = new RecordingChannel(SMS, () -> Instant.EPOCH);

    @Test
    void remindsOfEverythingInTheBasketThatIsStillThere() {
        channel = new RecordingChannel(EMAIL, () -> Instant.EPOCH);
        var reminder = Message.transactional("basket", shop)
                .on(
                        EMAIL,
                        mail(
                                "{{ basket.quantity }} waiting, {{ basket.total }}",
                                "{% for item in basket.items %}<p>{{ item.name }} x {{ item.quantity }}</p>{% endfor %}"));
        var campaign = Campaign.named("basket").journey(j -> j.startOn(
                        event("Product Added").where(basket().total().atLeast(400)))
                .delay(hours(1))
                .branch(
                        basket().contains("TEA-6")
                                .and(orders().placed().within(days(30)).below(1)),
                        then -> then.send(reminder, first(EMAIL)),
                        otherwise -> otherwise.end()));
        try (var rehearsal = Rehearsal.of(campaign).under(Policy.base()).channel(channel)) {
            rehearsal
                    .customer("mai", m -> m.email("mai@example.com")
                            .does("Product Added", Map.of("sku", "TEA-6", "name", "Tea set", "price", 350)))
                    .advance(hours(2))
                    .customer(
                            "mai",
                            m -> m.does(
                                    "Product Added",
                                    Map.of("sku", "CUP-1", "name", "Cup", "price", 24.95, "quantity", 2)))
                    .customer("lan", l -> l.email("lan@example.com")
                            .does("Product Added", Map.of("sku", "TEA-6", "name", "Tea set", "price", 450)))
                    .advance(minutes(30))
                    .customer("mai", m -> m.does("Product Added", Map.of("sku", "CUP-1", "price", 25)))
                    .customer("lan", l -> l.from(Source.till("HN-01", "3", ""))
                            .does("Order Completed", Map.of("order_id", "T-1", "total", 3)))
                    .advance(hours(2));

            assertThat(sent())
                    .containsExactly(new EmailContent("4 waiting, 425", "<p>Tea set x 1</p><p>Cup x 3</p>", ""));
        }
    }

    @Test
    void speaksOfTheOrderThatTheEventIsAbout() {
        var news = Message.transactional("ready", shop)
                .on(
                        SMS,
                        text(
                                "{{ order.id }}: {{ order.items[0].name }}, {{ order.total }} {{ order.currency }}, {{ order.status }}"));
        var campaign = Campaign.named("ready")
                .journey(j -> j.startOn(event("Order Ready")).delay(hours(1)).send(news, first(SMS)));
        try (var rehearsal = Rehearsal.of(campaign).under(Policy.base()).channel(channel)) {
            rehearsal
                    .customer("mai", m -> m.phone("+84 90 000 0001")
                            .does(
                                    "Order Completed",
                                    Map.of(
                                            "order_id",
                                            "A-1",
                                            "total",
                                            5,
                                            "currency",
                                            "VND",
                                            "products",
                                            List.of("Tea set")))
                            .does("Order Completed", Map.of("order_id", "A-2", "total", 6)))
                    .advance(hours(1))
                    .customer("mai", m -> m.does("Order Ready", Map.of("order_id", "A-1")))
                    .advance(hours(2));

            assertThat(sent()).containsExactly(new TextContent("A-1: Tea set, 5 VND, READY"));
        }
    }

    @Test
    void basketOfTheWebAndBasketOfTheAppBecomeOne() {
        var reminder = Message.transactional("basket", shop)
                .on(SMS, text("{% for item in basket.items %}{{ item.name }} {{ item.quantity }};{% endfor %}"));
        var campaign = Campaign.named("basket")
                .journey(j ->
                        j.startOn(event("Checkout Started")).delay(hours(1)).send(reminder, first(SMS)));
        try (var rehearsal =
                Rehearsal.of(campaign).under(Policy.base()).channel(channel).startingAt(START)) {
            rehearsal
                    .happens(SegmentJson.parse(
                            "{\"type\":\"track\",\"anonymousId\":\"b-1\",\"event\":\"Product Added\","
                                    + "\"properties\":{\"sku\":\"TEA-6\",\"name\":\"Tea set\"}}",
                            Instant.parse(START)))
                    .advance(minutes(5))
                    .customer("mai", m -> m.phone("+84 90 000 0001")
                            .does("Product Added", Map.of("sku", "CUP-1", "name", "Cup"))
                            .does("Product Added", Map.of("sku", "TEA-6")))
                    .advance(minutes(5))
                    .customer(
                            "mai", m -> m.identity(Identity.anonymousId("b-1")).does("Checkout Started"))
                    .advance(hours(2));

            assertThat(sent()).containsExactly(new TextContent("Cup 1;Tea set 2;"));
        }
    }

    private List<Content> sent() {
        return channel.recorded().stream()
                .map(recorded -> recorded.message().content())
                .toList();
    }
}

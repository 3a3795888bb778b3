// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.anonymousId;
import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.commerce.Stage.READY;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.orders;
import static dev.throughline.touchpoint.EventNames.ORDER_COMPLETED;
import static dev.throughline.touchpoint.EventNames.ORDER_READY;
import static dev.throughline.touchpoint.EventNames.PRODUCT_ADDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.segment.EventType;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Source;
import dev.throughline.touchpoint.Touchpoint;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds docs/events.md to what runs. */
class EventsGuideTest {

    private static final Guide GUIDE = new Guide("events.md");
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    record OrderCompleted(String orderId, BigDecimal total) {}

    static final EventType<OrderCompleted> ORDER = EventType.of(ORDER_COMPLETED, OrderCompleted.class);
    static final EventType.NumberKey<OrderCompleted> TOTAL = ORDER.number("total", OrderCompleted::total);

    private final Brand shop = Brand.named("Shop").sender(SMS, "SHOP");
    private final Message reminder =
            Message.transactional("pick-up", shop).on(SMS, text("{{ order.id }} is still here"));

    @Test
    void showsCallsThatAreTaken() {
        var mai = userId("mai");
        try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .clock(() -> NOW)
                .channel(new RecordingChannel(SMS, () -> NOW))
                .campaign(pickUp()))) {
            // spotless:off
            throughline.identify(mai, Map.of("email", "mai@example.com", "phone", "+84900000001"));
            throughline.track(mai, PRODUCT_ADDED, Map.of("sku", "TEA-6", "name", "Tea set", "price", 350_000));
            throughline.page(mai, "Home", Map.of("url", "https://shop.example/"));
            throughline.screen(mai, "Basket", Map.of());
            throughline.group(mai, "G-9", Map.of("name", "Family Tran", "plan", "family"));
            throughline.alias(mai, anonymousId("b-507f19"));
            throughline.from(Source.till("HN-01", "3", "lan")).track(mai, ORDER_COMPLETED, Map.of("order_id", "T-1", "total", 450_000));
            throughline.recordJson("{\"type\":\"track\",\"messageId\":\"m-1\",\"userId\":\"mai\",\"event\":\"Product Viewed\"}");
            // spotless:on

            assertThat(throughline.queries().timeline(mai))
                    .extracting(Touchpoint::name)
                    .containsExactlyInAnyOrder(
                            "identify",
                            "Product Added",
                            "Page Viewed",
                            "Screen Viewed",
                            "group",
                            "alias",
                            "Order Completed",
                            "Product Viewed");
        }
    }

    @Test
    void remindsOfAnOrderThatNobodyHasFetched() {
        try (var rehearsal = Rehearsal.of(pickUp()).under(Policy.base())) {
            rehearsal
                    .customer("mai", m -> m.phone("+84900000001").does("Order Ready", Map.of("order_id", "A-17")))
                    .customer("lan", m -> m.phone("+84900000002").does("Order Ready", Map.of("order_id", "A-18")))
                    .advance(hours(2))
                    .customer("lan", m -> m.does("Order Picked Up", Map.of("order_id", "A-18")))
                    .advance(hours(24));

            assertThat(rehearsal.report().toString())
                    .contains("A-17 is still here")
                    .doesNotContain("A-18 is");
        }
    }

    private Campaign pickUp() {
        return Campaign.named("pick-up")
                .journey(
                        j -> j
                                // spotless:off
                        .startOn(event(ORDER_READY))
                        .delay(hours(24))
                        .branch(orders().at(READY).atLeast(1),
                                waiting -> waiting.send(reminder, first(SMS)),
                                fetched -> fetched.end())
                        // spotless:on
                        );
    }

    @Test
    void startsAJourneyByATypedEvent() {
        var thanks = Message.transactional("thanks", shop).on(SMS, text("Thank you for {{ event.order_id }}"));
        var dear = Campaign.named("dear")
                .journey(j -> j.startOn(event(ORDER, TOTAL.atLeast(1_000_000))).send(thanks, first(SMS)));
        try (var rehearsal = Rehearsal.of(dear).under(Policy.base())) {
            rehearsal
                    .customer("mai", m -> m.phone("+84900000001")
                            .does(ORDER, new OrderCompleted("A-17", new BigDecimal("999999")))
                            .does(ORDER, new OrderCompleted("A-18", new BigDecimal("1000000"))))
                    .advance(hours(1));

            assertThat(rehearsal.report().toString())
                    .contains("Thank you for A-18")
                    .doesNotContain("A-17\"");
        }
    }

    @Test
    void showsCodeThatStandsHere() throws IOException {
        GUIDE.isCutFrom(3, EventsGuideTest.class);
    }
}

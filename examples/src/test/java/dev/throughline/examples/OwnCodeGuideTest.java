// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.minutes;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.engine.Delivery.LIVE;
import static dev.throughline.engine.Delivery.RECORD;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.segment.Conditions.called;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.HostFunction;
import dev.throughline.campaign.Product;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Money;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.rehearsal.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/your-own-code.md to what runs, on SQLite. */
class OwnCodeGuideTest {

    private static final Guide GUIDE = new Guide("your-own-code.md");
    private static final Identity MAI = userId("mai");

    private final Brand shop = Brand.named("Shop").sender(SMS, "SHOP");
    private final Message ready = Message.transactional("ready", shop)
            .on(SMS, text("{{ event.order_id }} is on shelf {{ call.stock.shelf }}"));
    private final Message sorry =
            Message.transactional("sorry", shop).on(SMS, text("{{ event.order_id }} takes a little longer"));
    private final TestClock clock = new TestClock("2026-11-23T10:00+07:00");
    private final RecordingChannel sms = new RecordingChannel(SMS, clock);

    @TempDir
    private Path folder;

    private interface Stock {
        int reserve(String key, String order);
    }

    @Test
    void reservesAndTells() throws InterruptedException {
        var file = folder.resolve("shop.db");
        Stock stock = (key, order) -> 7;
        var pickUp = pickUp();
        // spotless:off
        var throughline = Throughline.open(t -> t
                .function("reserve-stock", call -> {
                    int shelf = stock.reserve(call.key(), call.text("order").orElseThrow());
                    return shelf == 0 ? Map.of("reserved", false) : Map.of("reserved", true, "shelf", shelf);
                })
                .campaign(pickUp)
                .store(JdbcStore.sqlite(file)).environment("production").delivery(RECORD)
                .channel(sms).policy(Policy.base()));
        // spotless:on
        try (throughline) {
            ordered(throughline);

            awaits(throughline, "ready (sms): SENT");
        }
    }

    private Campaign pickUp() {
        // spotless:off
        var pickUp = Campaign.named("pick-up").journey(j -> j
                .startOn(event("Order Completed"))
                .call("reserve-stock", call -> call
                        .take("order", "event.order_id")
                        .with("store", "HN-01")
                        .as("stock")
                        .attempts(3).backoff(minutes(1)).deadline(Duration.ofSeconds(20))
                        .ifFails(failed -> failed.send(sorry, first(SMS)).end("NO_STOCK_SYSTEM")))
                .branch(called("stock.reserved").is(true),
                        yes -> yes.send(ready, first(SMS)),
                        no -> no.send(sorry, first(SMS))));
        // spotless:on
        return pickUp;
    }

    @Test
    void rehearsesWithAFunctionOfItsOwn() {
        var pickUp = pickUp();
        // spotless:off
        var rehearsal = Rehearsal.of(pickUp)
                .function("reserve-stock", call -> Map.of("reserved", true, "shelf", 7))
                .customer("mai", m -> m.phone("+84900000001").does("Order Completed", Map.of("order_id", "A-17")));
        // spotless:on
        try (rehearsal) {
            assertThat(rehearsal.report().toString()).contains("A-17 is on shelf 7");
        }
    }

    @Test
    void callThatIsLostWithTheProcessIsMadeAgainWithTheSameKey() throws InterruptedException {
        var keys = new ConcurrentLinkedQueue<String>();
        var called = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var first = open(call -> {
            keys.add(call.key());
            called.countDown();
            end.await();
            return Map.of();
        });
        ordered(first);
        called.await();
        first.close();

        clock.moveTo("2026-11-23T10:02+07:00");
        try (var second = open(call -> {
            keys.add(call.key());
            return Map.of("reserved", true, "shelf", call.attempt());
        })) {
            awaits(second, "function called (reserve-stock: step 0, attempt 1: NO_ANSWER)");
            clock.moveTo("2026-11-23T10:04+07:00");
            awaits(second, "ready (sms): SENT");
        }
        assertThat(keys).hasSize(2).containsOnly(keys.peek());
    }

    @Test
    void looksUpWhatTheHostKeeps() throws InterruptedException {
        var offer = Message.transactional("offer", shop)
                .on(SMS, text("{{ product.name }}, {{ product.price | number }}, {{ customer.points }} points"));
        var campaign = Campaign.named("pick-up")
                .journey(j -> j.startOn(event("Product Viewed")).send(offer, first(SMS)));
        try (var throughline = Throughline.open(t -> {
            // spotless:off
            t.catalogue(id -> Optional.of(Product.named("Tea set").price(Money.of(350_000, "VND")).url("https://shop.example/" + id)))
                    .addressBook((customer, channel) -> channel.equals(SMS) ? Optional.of(Address.phone("+84 90 000 0001")) : Optional.empty())
                    .profileSource(customer -> Map.of("tier", "gold", "points", 1_200), hours(1), "tier", "points")
                    // spotless:on
                    .store(JdbcStore.sqlite(folder.resolve("tables.db")))
                    .environment("production")
                    .delivery(LIVE)
                    .channel(sms)
                    .policy(Policy.base())
                    .campaign(campaign);
        })) {
            throughline.track(MAI, "Product Viewed", Map.of("product_id", "TEA-6"));

            awaits(throughline, "offer (sms): SENT");
            assertThat(sms.recorded().get(0).message().content())
                    .isEqualTo(new TextContent("Tea set, 350,000, 1200 points"));
        }
    }

    private Throughline open(HostFunction function) {
        return Throughline.open(t -> t.function("reserve-stock", function)
                .campaign(pickUp())
                .clock(clock)
                .store(JdbcStore.sqlite(folder.resolve("shop.db")))
                .environment("production")
                .delivery(RECORD)
                .channel(sms)
                .policy(Policy.base()));
    }

    private static void ordered(Throughline throughline) {
        throughline.identify(MAI, Map.of("phone", "+84900000001"));
        throughline.track(MAI, "Order Completed", Map.of("order_id", "A-17"));
    }

    private static void awaits(Throughline throughline, String line) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!throughline.explain(MAI, "pick-up").toString().contains(line)) {
            assertThat(System.nanoTime())
                    .as(() -> line + " in " + throughline.explain(MAI, "pick-up"))
                    .isLessThan(until);
            Thread.sleep(20);
        }
    }

    @Test
    void showsCodeThatStandsHere() throws IOException {
        GUIDE.isCutFrom(4, OwnCodeGuideTest.class);
    }
}

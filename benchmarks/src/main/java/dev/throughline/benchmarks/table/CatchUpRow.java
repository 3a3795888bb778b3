// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.segment.Conditions;
import dev.throughline.store.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** How long a host takes to catch up with waits that are all overdue, beside a loop that ends each journey. */
final class CatchUpRow {

    private static final int GROUP = 1_000;
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private CatchUpRow() {}

    /** The first, smaller run warms up. */
    static Row measure(int number) {
        inLibrary(number / 10);
        byHand(number / 10);
        return new Row(
                "pending waits: all overdue",
                inLibrary(number),
                byHand(number),
                "s",
                String.format(Locale.ROOT, "%,d journeys ended, through the front door", number));
    }

    /** A host whose clock leaps two hours ahead while everybody waits for an hour to be over. */
    private static double inLibrary(int number) {
        var clock = new Instant[] {START};
        var brand = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
        var message = Message.transactional("note", brand).on(SMS, text("Hello"));
        var waiting = Campaign.named("waiting").journey(j -> j.startOn(event("Product Added"))
                .delay(hours(1))
                .branch(Conditions.trait("vip").is(true), yes -> yes.send(message, first(SMS)), no -> {}));
        try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("benchmark")
                .delivery(Delivery.LIVE)
                .channel(new Sink())
                .policy(Policy.base())
                .campaign(waiting)
                .clock(() -> clock[0]))) {
            for (int from = 0; from < number; from += GROUP) {
                var applied = new ArrayList<CompletableFuture<Ack>>(GROUP);
                for (int i = from; i < from + GROUP; i++) {
                    var happening = new Happening("e" + i, "u" + i, "Product Added", Map.of("product", "sku"), START);
                    applied.add(throughline
                            .recordAsync(EngineRing.touchpoint(happening))
                            .toCompletableFuture());
                }
                applied.forEach(CompletableFuture::join);
            }
            var meter = new Meter();
            meter.start();
            clock[0] = START.plusSeconds(7200);
            while (throughline.health().backlog().getOrDefault("timers", 0L) > 0) {
                Thread.sleep(2);
            }
            meter.stop();
            return meter.seconds();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }

    /** Finds each customer, asks the condition, ends the journey and notes that it ended. */
    private static double byHand(int number) {
        var rule = new Rule(Rule.Kind.ABSENCE, "waiting", "Product Added", "", 1, 0, "");
        var campaign = new HandRing.Campaign(rule, (customer, happening) -> true);
        var customers = new HashMap<String, HandRing.Customer>();
        var queue = new PriorityQueue<WaitsRow.Wait>();
        for (int i = 0; i < number; i++) {
            var customer = new HandRing.Customer("u" + i);
            customers.put(customer.id, customer);
            customer.inside.put("waiting", new HandRing.Instance("waiting/e" + i, customer, campaign, "sku"));
            queue.add(new WaitsRow.Wait(i, customer.id, "waiting"));
        }
        var ended = new ArrayList<String>();
        var meter = new Meter();
        meter.start();
        for (WaitsRow.Wait wait = queue.poll(); wait != null; wait = queue.poll()) {
            var customer = customers.get(wait.customer());
            var instance = customer == null ? null : customer.inside.remove("waiting");
            if (customer != null && instance != null && !Boolean.TRUE.equals(customer.profile.get("vip"))) {
                ended.add(instance.id);
            }
        }
        meter.stop();
        return ended.size() == number ? meter.seconds() : Double.NaN;
    }
}

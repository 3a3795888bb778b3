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
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Customers at rest on a database, each identified with four traits and a phone number and waiting in one journey: what they take on
 * disk and on the heap, how long a host takes to open, and to catch up once all waits are overdue.
 */
final class RestRow {

    private static final int GROUP = 1_000;
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private RestRow() {}

    static List<String> measure(Database database, int number) throws InterruptedException {
        String url = database.fresh();
        var lines = new ArrayList<String>();
        var meter = new Meter();
        meter.start();
        try (var throughline = open(database, url, START)) {
            fill(throughline, number);
        }
        meter.stop();
        lines.add(line(
                database,
                "%,d customers with a wait each: filled at %,.0f customers/s",
                number,
                meter.perSecond(number)));
        lines.add(line(database, "disk: %,.0f B a customer", database.bytes(url) / (double) number));
        long before = Meter.used();
        var opening = new Meter();
        opening.start();
        try (var throughline = open(database, url, START)) {
            opening.stop();
            lines.add(line(database, "open: %.2f s", opening.seconds()));
            lines.add(line(
                    database,
                    "heap of an open host: %,.1f MB, %,d waits",
                    (Meter.used() - before) / 1e6,
                    waits(throughline)));
        }
        var catchingUp = new Meter();
        try (var throughline = open(database, url, START.plusSeconds(7200))) {
            catchingUp.start();
            while (throughline.health().backlog().getOrDefault("timers", 0L) > 0) {
                Thread.sleep(200);
            }
            catchingUp.stop();
        }
        lines.add(line(
                database,
                "all waits overdue: %.1f s, %,.0f journeys/s",
                catchingUp.seconds(),
                catchingUp.perSecond(number)));
        return lines;
    }

    private static String line(Database database, String form, Object... values) {
        String line = database + ", " + String.format(Locale.ROOT, form, values);
        FirstTable.print(line);
        return line;
    }

    private static long waits(Throughline throughline) {
        return throughline.health().backlog().getOrDefault("timers", 0L);
    }

    private static Throughline open(Database database, String url, Instant now) {
        var brand = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
        var message = Message.transactional("note", brand).on(SMS, text("Hello"));
        var waiting = Campaign.named("waiting").journey(j -> j.startOn(event("Product Added"))
                .delay(hours(1))
                .branch(Conditions.trait("vip").is(true), yes -> yes.send(message, first(SMS)), no -> {}));
        return Throughline.open(t -> t.store(database.store(url))
                .environment("benchmark")
                .delivery(Delivery.LIVE)
                .channel(new Sink())
                .policy(Policy.base())
                .campaign(waiting)
                .clock(() -> now));
    }

    private static void fill(Throughline throughline, int number) {
        for (int from = 0; from < number; from += GROUP) {
            var applied = new ArrayList<CompletableFuture<Ack>>(GROUP * 2);
            for (int i = from; i < Math.min(number, from + GROUP); i++) {
                applied.add(throughline.recordAsync(identified(i)).toCompletableFuture());
                applied.add(throughline.recordAsync(added(i)).toCompletableFuture());
            }
            applied.forEach(CompletableFuture::join);
        }
    }

    private static Touchpoint identified(int customer) {
        return EngineRing.touchpoint(
                new Happening("i" + customer, "u" + customer, Recipe.IDENTIFY, Recipe.traits(customer), START));
    }

    private static Touchpoint added(int customer) {
        return EngineRing.touchpoint(
                new Happening("e" + customer, "u" + customer, "Product Added", Map.of("product", "sku"), START));
    }
}

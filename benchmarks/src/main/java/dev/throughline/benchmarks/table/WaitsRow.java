// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import dev.throughline.identity.Ids;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Timer;
import dev.throughline.store.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Pending waits in memory: what they cost to hold, to insert and to fire through the store's port in groups of a thousand, beside a
 * priority queue.
 */
final class WaitsRow {

    private static final int GROUP = 1_000;
    private static final int ROUNDS = 3;
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

    private WaitsRow() {}

    /** A wait by hand: whose it is, and which of hers. */
    record Wait(long due, String customer, String name) implements Comparable<Wait> {
        @Override
        public int compareTo(Wait other) {
            return Long.compare(due, other.due);
        }
    }

    /** What one run of one side came to. */
    private record Run(double rate, double bytes) {}

    static List<Row> measure(int number) {
        var store = new ArrayList<Run>();
        var hand = new ArrayList<Run>();
        for (int round = 0; round < ROUNDS; round++) {
            store.add(inStore(number));
            hand.add(byHand(number));
        }
        return List.of(
                new Row(
                        "pending waits: insert and fire",
                        median(store, Run::rate),
                        median(hand, Run::rate),
                        "waits/s",
                        String.format(
                                Locale.ROOT,
                                "%,d waits, in groups of 1,000 through the store's port; by hand a `PriorityQueue`",
                                number)),
                new Row(
                        "pending waits: memory",
                        median(store, Run::bytes),
                        median(hand, Run::bytes),
                        "B",
                        "a wait, beside the customer's key; journeys of a campaign share their timer's name"));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Meter.median(runs.stream().map(figure::applyAsDouble).toList());
    }

    private static Run inStore(int number) {
        var store = new MemoryStore();
        var keys = keys(number);
        for (int from = 0; from < number; from += GROUP) {
            Changes changes = Changes.none();
            keys.subList(from, from + GROUP).forEach(key -> changes.change(key, "x"));
            commit(store, changes);
        }
        long before = Meter.used();
        var random = new Random(42);
        var meter = new Meter();
        for (int from = 0; from < number; from += GROUP) {
            Changes changes = Changes.none();
            for (int i = from; i < from + GROUP; i++) {
                changes.timersSet().add(new Timer(keys.get(i), "journeys/absence", due(random)));
            }
            meter.start();
            commit(store, changes);
            meter.stop();
        }
        double bytes = (Meter.used() - before) / (double) number;
        int fired = 0;
        while (fired < number) {
            meter.start();
            try (var unit = store.begin()) {
                fired += unit.takeDue(Instant.MAX, GROUP).size();
                unit.commit(Changes.none());
            }
            meter.stop();
        }
        return new Run(meter.perSecond(number), bytes);
    }

    private static void commit(MemoryStore store, Changes changes) {
        try (var unit = store.begin()) {
            unit.claim(changes.states().stream().map(Changes.State::key).toList(), true);
            unit.commit(changes);
        }
    }

    private static Run byHand(int number) {
        var customers = keys(number).stream().map(Key::id).toList();
        var queue = new PriorityQueue<Wait>();
        long before = Meter.used();
        var random = new Random(42);
        var meter = new Meter();
        meter.start();
        for (String customer : customers) {
            queue.add(new Wait(due(random).toEpochMilli(), customer, "absence"));
        }
        meter.stop();
        double bytes = (Meter.used() - before) / (double) number;
        meter.start();
        long last = 0;
        for (Wait wait = queue.poll(); wait != null; wait = queue.poll()) {
            if (wait.due < last) {
                throw new IllegalStateException("out of order");
            }
            last = wait.due;
        }
        meter.stop();
        return new Run(meter.perSecond(number), bytes);
    }

    private static List<Key> keys(int number) {
        var keys = new ArrayList<Key>(number);
        for (int i = 0; i < number; i++) {
            keys.add(new Key(Key.Kind.CUSTOMER, Ids.hash("customer", i)));
        }
        return keys;
    }

    private static Instant due(Random random) {
        return START.plusMillis(random.nextInt(30 * 24 * 3600) * 1000L + random.nextInt(1000));
    }
}

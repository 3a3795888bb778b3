// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The ring in memory: the library on one lane and on two, and the loop by hand, in turn. */
final class RingRow {

    private static final int GROUP = 1_000;

    private RingRow() {}

    /** What one run of one side came to. */
    record Run(double wall, double cpu, long sent, long decisions, double bytes) {}

    static List<Row> measure(int events, int rounds) {
        var hand = new ArrayList<Run>();
        var one = new ArrayList<Run>();
        var two = new ArrayList<Run>();
        for (int round = 0; round <= rounds; round++) {
            hand.add(run("by hand", HandRing::new, events));
            one.add(run("one lane", () -> new EngineRing(1), events));
            two.add(run("two lanes", () -> new EngineRing(2), events));
        }
        String counts = String.format(
                Locale.ROOT,
                "%,d events; %,d messages, by hand %,d; per second of processor time",
                events,
                one.get(rounds).sent,
                hand.get(rounds).sent);
        return List.of(
                new Row("ring in memory", median(one, Run::cpu), median(hand, Run::cpu), "events/s", counts),
                new Row(
                        "ring in memory, by the clock",
                        median(one, Run::wall),
                        median(hand, Run::wall),
                        "events/s",
                        ""),
                new Row(
                        "two lanes beside one, by the clock",
                        median(two, Run::wall),
                        median(one, Run::wall),
                        "events/s",
                        "right: one lane"),
                new Row(
                        "engine state of an active customer",
                        median(one, Run::bytes),
                        median(hand, Run::bytes),
                        "B",
                        "identity, customer with three slices, contact point; without timeline and decisions"));
    }

    /** Without the first round, which warms up. */
    static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        return Meter.median(runs.stream().skip(1).map(figure::applyAsDouble).toList());
    }

    static Run run(String name, Supplier<Ring> maker, int events) {
        var recipe = new Recipe();
        var groups = new ArrayList<List<Happening>>();
        for (int done = 0; done < events; done += GROUP) {
            groups.add(recipe.next(Math.min(GROUP, events - done)));
        }
        long before = Meter.used();
        var meter = new Meter();
        Ring ring = maker.get();
        meter.start();
        groups.forEach(ring::happened);
        ring.finish();
        meter.stop();
        long sent = ring.sent();
        long decisions = ring.decisions();
        Object state = ring.state(recipe.users());
        ring.close();
        ring = null;
        double bytes;
        try {
            bytes = (Meter.used() - before) / (double) recipe.customers();
        } finally {
            Reference.reachabilityFence(state);
            Reference.reachabilityFence(groups);
        }
        var run = new Run(meter.perSecond(events), meter.perCpuSecond(events), sent, decisions, bytes);
        FirstTable.print(String.format(
                Locale.ROOT,
                "%-10s %,9.0f/s by the clock, %,9.0f/s of processor time, %,d sent, %,d decisions, %,.0f B",
                name,
                run.wall,
                run.cpu,
                sent,
                decisions,
                bytes));
        return run;
    }
}

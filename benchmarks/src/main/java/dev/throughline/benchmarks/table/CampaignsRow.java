// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What campaigns cost that do not listen: ten listen, beside 40 and beside 490 that wait for events which nobody makes. */
final class CampaignsRow {

    private static final int FEW = 50;
    private static final int MANY = 500;

    private CampaignsRow() {}

    static List<Row> measure(int events, int rounds) {
        var few = new ArrayList<RingRow.Run>();
        var many = new ArrayList<RingRow.Run>();
        for (int round = 0; round <= rounds; round++) {
            few.add(run(FEW, events));
            many.add(run(MANY, events));
        }
        String work =
                String.format(Locale.ROOT, "%d campaigns beside %d, of which %d listen", MANY, FEW, Recipe.LISTENING);
        return List.of(
                new Row(
                        work,
                        RingRow.median(many, RingRow.Run::cpu),
                        RingRow.median(few, RingRow.Run::cpu),
                        "events/s",
                        String.format(
                                Locale.ROOT,
                                "right: %d campaigns; %,d messages with either; per second of processor time",
                                FEW,
                                many.get(rounds).sent())),
                new Row(
                        work + ": state of an active customer",
                        RingRow.median(many, RingRow.Run::bytes),
                        RingRow.median(few, RingRow.Run::bytes),
                        "B",
                        "right: " + FEW + " campaigns"));
    }

    private static RingRow.Run run(int campaigns, int events) {
        return RingRow.run(campaigns + " camp.", () -> new EngineRing(1, Recipe.mostlyIdle(campaigns)), events);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints the first table in Markdown. A ratio is how fast the library is beside the hand-written loop, or how much smaller its cost: 1
 * is a tie, more is better.
 */
public final class FirstTable {

    private FirstTable() {}

    /**
     * Measures and prints.
     *
     * @param arguments how many events a round of the ring has (300,000), how many rounds are counted (3), and how many waits there are
     *     (1,000,000)
     */
    public static void main(String... arguments) {
        int events = number(arguments, 0, 300_000);
        int rounds = number(arguments, 1, 3);
        int waits = number(arguments, 2, 1_000_000);
        var rows = new ArrayList<Row>();
        rows.add(ConditionRow.measure());
        if (waits > 0) {
            rows.addAll(WaitsRow.measure(waits));
            rows.add(CatchUpRow.measure(waits));
        }
        rows.add(LayoutRow.measure(events));
        rows.addAll(RingRow.measure(events, rounds));
        rows.addAll(CampaignsRow.measure(events, rounds));
        print(Row.HEAD);
        List.copyOf(rows).forEach(row -> print(row.line()));
    }

    static int number(String[] arguments, int index, int usual) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : usual;
    }

    @SuppressWarnings("SystemOut") // a benchmark prints its figures
    static void print(String line) {
        System.out.println(line);
    }
}

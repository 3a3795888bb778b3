// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.List;

/** Prints what a decision costs under the whole policy, beside the same checks by hand, and what many decisions take on a database. */
public final class DecisionTable {

    private DecisionTable() {}

    /**
     * Measures and prints.
     *
     * @param arguments {@code sqlite} or {@code postgresql}; how many decisions a round has (200,000), and how many are written
     *     (1,000,000; 0 for none)
     */
    public static void main(String... arguments) {
        var database =
                arguments.length > 0 && arguments[0].equals("postgresql") ? Database.POSTGRESQL : Database.SQLITE;
        var rows = DecisionRow.measure(FirstTable.number(arguments, 1, 200_000));
        int written = FirstTable.number(arguments, 2, 1_000_000);
        List<String> disk = written > 0 ? DecisionsRow.measure(database, written) : List.of();
        FirstTable.print(Row.HEAD);
        rows.forEach(row -> FirstTable.print(row.line()));
        disk.forEach(FirstTable::print);
    }
}

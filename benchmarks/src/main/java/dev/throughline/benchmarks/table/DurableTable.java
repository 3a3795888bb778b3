// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what the ring does on a database beside bare JDBC with the same rows and bytes, in groups of 1, 100 and 1,000 events, and what
 * customers at rest cost. PostgreSQL is that of {@code THROUGHLINE_POSTGRES_URL}, or one that is started from Maven's binaries.
 */
public final class DurableTable {

    private DurableTable() {}

    /**
     * Measures and prints.
     *
     * @param arguments {@code sqlite} or {@code postgresql}; how many events a round has (20,000; a tenth of it in groups of one), how
     *     many rounds are counted (3), and how many customers are at rest (1,000,000; 0 for none)
     * @throws SQLException if bare JDBC fails
     * @throws InterruptedException if somebody wants it to end
     */
    public static void main(String... arguments) throws SQLException, InterruptedException {
        var database =
                arguments.length > 0 && arguments[0].equals("postgresql") ? Database.POSTGRESQL : Database.SQLITE;
        int events = FirstTable.number(arguments, 1, 20_000);
        int rounds = FirstTable.number(arguments, 2, 3);
        int customers = FirstTable.number(arguments, 3, 1_000_000);
        var rows = new ArrayList<Row>();
        for (int size : new int[] {1, 100, 1_000}) {
            rows.add(DurableRow.measure(database, size, size == 1 ? events / 10 : events, rounds));
        }
        List<String> rest = customers > 0 ? RestRow.measure(database, customers) : List.of();
        FirstTable.print(Row.HEAD);
        rows.forEach(row -> FirstTable.print(row.line()));
        rest.forEach(FirstTable::print);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one transaction reads and writes, as the rows and bytes that the database gets. */
final class Work {

    /** What is done with rows, in the order in which it is done. The first column names a row, of a wait the first two. */
    enum Deed {
        READ_STATES,
        LOOK_FOR_TOUCHPOINTS,
        TAKE_TIMERS,
        WRITE_STATES,
        CANCEL_TIMERS,
        SET_TIMERS,
        ENQUEUE,
        MARK,
        FINISH,
        TIMELINE,
        DECISIONS,
        LEDGER,
        ROUTES;

        boolean ofTimers() {
            return this == TAKE_TIMERS || this == CANCEL_TIMERS || this == SET_TIMERS;
        }
    }

    private final Map<Deed, List<Object[]>> rows = new EnumMap<>(Deed.class);

    void add(Deed deed, Object... row) {
        rows.computeIfAbsent(deed, any -> new ArrayList<>()).add(row);
    }

    Map<Deed, List<Object[]>> rows() {
        return rows;
    }

    int size() {
        return rows.values().stream().mapToInt(List::size).sum();
    }

    /** All of them as one: of a row that is written several times, the last. */
    static Work joined(List<Work> parts) {
        var joined = new Work();
        for (Deed deed : Deed.values()) {
            var last = new LinkedHashMap<Object, Object[]>();
            for (Work part : parts) {
                for (Object[] row : part.rows.getOrDefault(deed, List.of())) {
                    last.put(deed.ofTimers() ? List.of(row[0], row[1]) : row[0], row);
                }
            }
            if (!last.isEmpty()) {
                joined.rows.put(deed, new ArrayList<>(last.values()));
            }
        }
        return joined;
    }
}

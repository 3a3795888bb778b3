// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ring on a database beside bare JDBC that reads and writes the same rows and bytes in the same tables. What the ring's units of work
 * do is written down in a run of its own; bare JDBC then does it again, once with the same transactions and once with one for each group
 * of events. Both begin with groups that are not counted.
 */
final class DurableRow {

    private final Database database;
    private final int size;
    private final List<List<Happening>> groups;
    private final int warm;

    private DurableRow(Database database, int size, int events) {
        this.database = database;
        this.size = size;
        this.groups = groups(size, events);
        this.warm = groups.size() / 4;
    }

    /** A speed, and what was done for it. */
    private record Run(double wall, int transactions, long rows) {}

    static Row measure(Database database, int size, int events, int rounds) throws SQLException {
        return new DurableRow(database, size, events).measure(rounds);
    }

    private Row measure(int rounds) throws SQLException {
        List<List<Work>> work = written();
        var ring = new ArrayList<Run>();
        var same = new ArrayList<Run>();
        var grouped = new ArrayList<Run>();
        for (int round = 0; round < rounds; round++) {
            ring.add(ring());
            same.add(bare("same transactions", work));
            grouped.add(bare(
                    "one a group",
                    work.stream().map(group -> List.of(Work.joined(group))).toList()));
        }
        double ours = Meter.median(ring.stream().map(Run::wall).toList());
        double beside = Meter.median(grouped.stream().map(Run::wall).toList());
        return new Row(
                "ring on " + database + ", groups of " + size,
                ours,
                Meter.median(same.stream().map(Run::wall).toList()),
                "events/s",
                String.format(
                        Locale.ROOT,
                        "%.2f beside one commit a group, %,.0f events/s; %.1f rows and %.2f commits an event",
                        ours / beside,
                        beside,
                        same.get(0).rows / (double) counted(),
                        same.get(0).transactions / (double) counted()));
    }

    private static List<List<Happening>> groups(int size, int events) {
        var recipe = new Recipe();
        var groups = new ArrayList<List<Happening>>();
        for (int done = 0; done < events; done += size) {
            groups.add(recipe.next(Math.min(size, events - done)));
        }
        return groups;
    }

    /** How many of the recipe's events are counted; first appearances come on top, for both sides. */
    private int counted() {
        return (groups.size() - warm) * size;
    }

    private Run ring() {
        try (var ring = new EngineRing(1, Recipe.rules(), database.store(database.fresh()))) {
            groups.subList(0, warm).forEach(ring::happened);
            ring.join();
            var meter = new Meter();
            meter.start();
            groups.subList(warm, groups.size()).forEach(ring::happened);
            ring.finish();
            meter.stop();
            return told("ring", new Run(meter.perSecond(counted()), 0, 0));
        }
    }

    private List<List<Work>> written() {
        var log = new WorkLog();
        try (var ring = new EngineRing(1, Recipe.rules(), log.watching(database.store(database.fresh())))) {
            for (List<Happening> group : groups) {
                ring.join();
                log.mark();
                ring.happened(group);
            }
            ring.finish();
        }
        return log.groups();
    }

    private Run bare(String name, List<List<Work>> work) throws SQLException {
        String url = database.fresh();
        makeTables(url);
        try (var bare = new BareWork(database, url)) {
            for (List<Work> group : work.subList(0, warm)) {
                run(bare, group);
            }
            var meter = new Meter();
            int transactions = 0;
            long rows = 0;
            meter.start();
            for (List<Work> group : work.subList(warm, work.size())) {
                run(bare, group);
                transactions += group.size();
                rows += group.stream().mapToInt(Work::size).sum();
            }
            meter.stop();
            FirstTable.print(String.format(Locale.ROOT, "%,d bytes read", bare.bytesRead()));
            return told(name, new Run(meter.perSecond(counted()), transactions, rows));
        }
    }

    private static void run(BareWork bare, List<Work> group) throws SQLException {
        for (Work work : group) {
            bare.run(work);
        }
    }

    /** A ring that nothing happens in makes the tables. */
    private void makeTables(String url) {
        new EngineRing(1, Recipe.rules(), database.store(url)).close();
    }

    private Run told(String name, Run run) {
        FirstTable.print(String.format(
                Locale.ROOT,
                "%s, groups of %,d, %s: %,.0f events/s, %,d transactions, %,d rows",
                database,
                size,
                name,
                run.wall,
                run.transactions,
                run.rows));
        return run;
    }
}

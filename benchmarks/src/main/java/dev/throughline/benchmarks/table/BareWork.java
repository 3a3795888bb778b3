// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import dev.throughline.benchmarks.table.Work.Deed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a good programmer writes by hand for the same rows in the same tables: prepared statements, a batch for each kind of row, on
 * PostgreSQL lists as arrays and inserts of many rows, one commit for what belongs together.
 */
final class BareWork implements AutoCloseable {

    private static final List<String> OUTBOX = List.of(
            "id",
            "attempt",
            "status",
            "urgent",
            "channel",
            "class",
            "sender",
            "campaign",
            "contact_point",
            "customer",
            "since",
            "send_before",
            "body");

    private final Connection connection;
    private final boolean arrays;
    private final Map<Deed, PreparedStatement> statements = new EnumMap<>(Deed.class);
    private long bytesRead;

    /** On tables that the store has made. */
    BareWork(Database database, String url) throws SQLException {
        this.connection = database.connect(url);
        this.arrays = database == Database.POSTGRESQL;
        connection.setAutoCommit(false);
        prepare(Deed.READ_STATES, "select key, body from throughline_states where key " + among());
        prepare(Deed.LOOK_FOR_TOUCHPOINTS, "select id from throughline_timeline where id " + among());
        prepare(Deed.TAKE_TIMERS, delete("timers", "key", "name"));
        prepare(Deed.CANCEL_TIMERS, delete("timers", "key", "name"));
        prepare(Deed.FINISH, delete("outbox", "id"));
        prepare(Deed.MARK, "update throughline_outbox set status = 1, owner = 'bare' where id " + among());
        prepare(
                Deed.WRITE_STATES,
                insert("states", List.of("key", "body")) + "(key) do update set body = excluded.body");
        prepare(Deed.SET_TIMERS, timers() + " on conflict (key, name) do update set due = excluded.due");
        prepare(Deed.ENQUEUE, insert("outbox", OUTBOX) + "(id) do nothing");
        for (Deed log : List.of(Deed.TIMELINE, Deed.DECISIONS, Deed.LEDGER)) {
            prepare(log, insert(log.name(), List.of("id", "subject", "at", "body")) + "(id) do nothing");
        }
        prepare(
                Deed.ROUTES,
                insert("routes", List.of("reference", "key")) + "(reference) do update set key = excluded.key");
        connection.commit();
    }

    /** Does it all, and commits. */
    void run(Work work) throws SQLException {
        for (var entry : work.rows().entrySet()) {
            PreparedStatement statement = Objects.requireNonNull(statements.get(entry.getKey()));
            switch (entry.getKey()) {
                case READ_STATES, LOOK_FOR_TOUCHPOINTS -> read(statement, entry.getValue());
                case TAKE_TIMERS, CANCEL_TIMERS -> change(statement, entry.getValue(), 2);
                case FINISH, MARK -> change(statement, entry.getValue(), 1);
                default -> batch(statement, entry.getValue());
            }
        }
        connection.commit();
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void read(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        if (arrays) {
            arrays(statement, rows, 1);
            readAll(statement);
        } else {
            for (Object[] row : rows) {
                statement.setObject(1, row[0]);
                readAll(statement);
            }
        }
    }

    private void readAll(PreparedStatement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            int last = found.getMetaData().getColumnCount();
            while (found.next()) {
                bytesRead += last == 2
                        ? found.getBytes(2).length
                        : found.getString(1).length();
            }
        }
    }

    private void change(PreparedStatement statement, List<Object[]> rows, int names) throws SQLException {
        if (arrays) {
            arrays(statement, rows, names);
            statement.executeUpdate();
        } else {
            batch(statement, rows);
        }
    }

    private void arrays(PreparedStatement statement, List<Object[]> rows, int columns) throws SQLException {
        for (int column = 0; column < columns; column++) {
            int place = column;
            Object[] values = rows.stream().map(row -> row[place]).toArray();
            statement.setArray(column + 1, connection.createArrayOf("text", values));
        }
    }

    private static void batch(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        for (Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                statement.setObject(i + 1, row[i]);
            }
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private void prepare(Deed deed, String sql) throws SQLException {
        statements.put(deed, connection.prepareStatement(sql));
    }

    private String among() {
        return arrays ? "= any(?)" : "= ?";
    }

    private String delete(String table, String... names) {
        if (!arrays) {
            return "delete from throughline_" + table + " where " + String.join(" = ? and ", names) + " = ?";
        }
        return names.length == 1
                ? "delete from throughline_" + table + " where " + names[0] + " = any(?)"
                : "delete from throughline_" + table + " t using unnest(?::text[], ?::text[]) as gone (key, name)"
                        + " where t.key = gone.key and t.name = gone.name";
    }

    /** On PostgreSQL a wait bears its shard. */
    private String timers() {
        return arrays
                ? "insert into throughline_timers (key, name, due, shard) values (?, ?, ?, 0)"
                : "insert into throughline_timers (key, name, due) values (?, ?, ?)";
    }

    private static String insert(String table, List<String> columns) {
        return "insert into throughline_" + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", columns.stream().map(column -> "?").toList()) + ") on conflict ";
    }
}

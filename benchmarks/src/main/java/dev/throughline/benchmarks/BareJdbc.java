// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks;

import dev.throughline.benchmarks.DurableStore.Body;
import dev.throughline.benchmarks.DurableStore.Event;
import dev.throughline.benchmarks.DurableStore.Side;
import dev.throughline.ring.Outgoing;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** What a good programmer writes by hand for the same rows: prepared statements, batches, one commit per group. */
final class BareJdbc implements Side {

    private final Connection connection;
    private final boolean arrays;
    private final PreparedStatement read;
    private final PreparedStatement state;
    private final PreparedStatement line;
    private final PreparedStatement timer;
    private final PreparedStatement outbox;
    private long bytesRead;

    private BareJdbc(Connection connection, boolean arrays, String bytes) throws SQLException {
        this.connection = connection;
        this.arrays = arrays;
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists bare_states (key text primary key, body " + bytes + ")");
            statement.execute("create table if not exists bare_lines"
                    + " (id text primary key, subject text, at bigint, body " + bytes + ")");
            statement.execute("create index if not exists bare_lines_subject on bare_lines (subject, at)");
            statement.execute("create table if not exists bare_timers"
                    + " (key text, name text, due bigint, primary key (key, name))");
            statement.execute("create index if not exists bare_timers_due on bare_timers (due)");
            statement.execute("create table if not exists bare_outbox"
                    + " (id text primary key, channel text, send_before bigint, body " + bytes + ")");
        }
        connection.setAutoCommit(false);
        read = connection.prepareStatement(
                "select key, body from bare_states where key = " + (arrays ? "any(?)" : "?"));
        state = connection.prepareStatement("insert into bare_states (key, body) values (?, ?)"
                + " on conflict (key) do update set body = excluded.body");
        line = connection.prepareStatement(
                "insert into bare_lines (id, subject, at, body) values (?, ?, ?, ?) on conflict (id) do nothing");
        timer = connection.prepareStatement("insert into bare_timers (key, name, due) values (?, ?, ?)"
                + " on conflict (key, name) do update set due = excluded.due");
        outbox = connection.prepareStatement("insert into bare_outbox (id, channel, send_before, body)"
                + " values (?, ?, ?, ?) on conflict (id) do nothing");
        connection.commit();
    }

    static Side sqlite(String url) throws SQLException {
        var settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("transaction_mode", "IMMEDIATE");
        return new BareJdbc(DriverManager.getConnection(url, settings), false, "blob");
    }

    static Side postgresql(String url) throws SQLException {
        var settings = new Properties();
        settings.setProperty("reWriteBatchedInserts", "true");
        return new BareJdbc(DriverManager.getConnection(url, settings), true, "bytea");
    }

    @Override
    public void group(List<Event> events) throws SQLException {
        read(events);
        for (Event event : events) {
            add(state, event.customer().toString(), event.state());
            add(
                    line,
                    event.line().id(),
                    event.line().subject(),
                    event.line().at().toEpochMilli(),
                    Body.CODEC.encode((Body) event.line().body()));
            add(
                    timer,
                    event.timer().key().toString(),
                    event.timer().name(),
                    event.timer().due().toEpochMilli());
            add(
                    outbox,
                    event.row().message().id().value(),
                    event.row().channel().name(),
                    event.row().sendBefore().toEpochMilli(),
                    Outgoing.CODEC.encode(event.row()));
        }
        state.executeBatch();
        line.executeBatch();
        timer.executeBatch();
        outbox.executeBatch();
        connection.commit();
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void read(List<Event> events) throws SQLException {
        if (arrays) {
            Object[] keys =
                    events.stream().map(event -> event.customer().toString()).toArray();
            read.setArray(1, connection.createArrayOf("text", keys));
            readAll();
        } else {
            for (Event event : events) {
                read.setString(1, event.customer().toString());
                readAll();
            }
        }
    }

    private void readAll() throws SQLException {
        try (ResultSet rows = read.executeQuery()) {
            while (rows.next()) {
                bytesRead += rows.getBytes(2).length;
            }
        }
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }
}

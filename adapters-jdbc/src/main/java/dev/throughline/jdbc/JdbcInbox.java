// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.Joined;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.HostInbox;
import dev.throughline.store.StoreException;
import dev.throughline.touchpoint.Touchpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * An inbox in whatever database the host keeps its orders in: MySQL, Oracle, SQL Server or another with a JDBC driver. The host records
 * touchpoints in its own transactions, and a {@link dev.throughline.Throughline} that was given the inbox takes them from there.
 *
 * <pre>{@code
 * var inbox = JdbcInbox.in(dataSource);
 * inbox.create();
 * Throughline.open(t -> t.inbox(inbox) ..);
 * inbox.joining(connection).track(mai, "Order Completed", Map.of("total", 450_000));   // with the order, or not at all
 * }</pre>
 *
 * <p>A touchpoint gets from here to its customer at least once, and counts once, because it bears an id and duplicates are dropped for
 * seven days. What a host of a store on the same database gets, that no message leaves between the commit and the step, cannot be had from
 * here: until a row is taken over, which takes the {@link #every pause} at most while a host leads, nobody knows of it.
 *
 * <p>Only plain SQL is used, in short transactions, and no clock but that of each host for itself. {@link #joining} is thread-safe.
 */
public final class JdbcInbox implements HostInbox {

    private static final String TABLE = "throughline_handover";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Characters of up to four bytes each, of which some databases count the latter. */
    private static final int LONGEST_REASON = InboxDatabase.LONGEST_REASON / 4;

    private final InboxDatabase database;
    private final Duration pause;
    private final InstantSource clock;
    private final InboxLead lead;
    private final String table;

    private JdbcInbox(InboxDatabase database, Duration pause, InstantSource clock, Duration silence) {
        this.database = database;
        this.pause = pause;
        this.clock = clock;
        this.lead = new InboxLead(database, silence);
        this.table = database.table();
    }

    /**
     * An inbox in the table {@code throughline_handover}.
     *
     * @param source the host's connections, of which the taking of rows uses one at a time; the host's to close
     * @return the inbox
     */
    public static JdbcInbox in(DataSource source) {
        Given.required("JdbcInbox", "source", source);
        return new JdbcInbox(new InboxDatabase(source, TABLE), PAUSE, InstantSource.system(), InboxLead.SILENCE);
    }

    /**
     * The same in another table. Beside it stands a second one, whose name ends in {@code _poller}, of one row.
     *
     * @param name at most 23 letters, digits and underscores, behind a schema's name and a dot if wanted
     * @return an inbox
     * @throws ThroughlineException if it is another name
     */
    public JdbcInbox table(String name) {
        Given.required("JdbcInbox", "table", name);
        if (!name.matches("([A-Za-z]\\w{0,62}\\.)?[A-Za-z]\\w{0,22}")) {
            throw new ThroughlineException("inbox table '" + name
                    + "': expected at most 23 letters, digits and underscores, behind a schema and a dot if wanted");
        }
        return new JdbcInbox(new InboxDatabase(database.source(), name), pause, clock, lead.silence());
    }

    /**
     * The same, looked at less or more often; every 200 milliseconds unless said otherwise.
     *
     * @param rest how long to rest when nothing waits: 1 millisecond to a minute
     * @return an inbox
     * @throws ThroughlineException if it is another time
     */
    public JdbcInbox every(Duration rest) {
        Given.required("JdbcInbox", "every", rest);
        if (rest.toMillis() < 1 || rest.compareTo(LONGEST_PAUSE) > 0) {
            throw new ThroughlineException("inbox every " + rest + ": expected PT0.001S to " + LONGEST_PAUSE);
        }
        return new JdbcInbox(database, rest, clock, lead.silence());
    }

    /**
     * The same with another clock than the system's for when calls are received.
     *
     * @param other the clock
     * @return an inbox
     */
    public JdbcInbox clock(InstantSource other) {
        return new JdbcInbox(database, pause, Given.required("JdbcInbox", "clock", other), lead.silence());
    }

    /** The same, whose lead passes on after another silence. */
    JdbcInbox silence(Duration time) {
        return new JdbcInbox(database, pause, clock, time);
    }

    /**
     * Records touchpoints in a transaction of the host's, one row each. Needs no open library: another process may take the rows over.
     *
     * @param connection the connection of that transaction, to the inbox's database
     * @return what records them; used by the transaction's thread
     * @throws ThroughlineException if the connection is in auto-commit mode
     */
    public Joined joining(Connection connection) {
        Given.required("joining", "connection", connection);
        requireTransaction(connection);
        return Joined.checked(clock, touchpoint -> insert(connection, touchpoint));
    }

    /**
     * What makes the tables, for those who make them by hand.
     *
     * @return statements in the words of the database, each ended by a semicolon and a line break
     * @throws StoreException if the database cannot be asked which it is
     */
    public String ddl() {
        return database.ddl();
    }

    /**
     * Makes the tables if they are not there.
     *
     * @throws StoreException if that fails
     */
    public void create() {
        database.create();
    }

    /**
     * What could not be taken, and waits for somebody to look at it.
     *
     * @return the reason of each, by the row's id, which is what {@link #retry} takes; the first 1,000 in their order
     * @throws StoreException if it cannot be read
     */
    public Map<String, String> setAside() {
        return database.call("read what was set aside", connection -> {
            try (var query = connection.prepareStatement(
                    "select id, reason from " + table + " where reason is not null order by id")) {
                query.setMaxRows(1000);
                var reasons = new LinkedHashMap<String, String>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        reasons.put(rows.getString(1), rows.getString(2));
                    }
                }
                return reasons;
            }
        });
    }

    /**
     * Has a row that was set aside wait again, when what was wrong is mended.
     *
     * @param id the row's id
     * @throws ThroughlineException if no such row was set aside
     * @throws StoreException if it cannot be written
     */
    public void retry(String id) {
        change(id, "update " + table + " set reason = null where id = ? and reason is not null");
    }

    /**
     * Throws a row that was set aside away for good.
     *
     * @param id the row's id
     * @throws ThroughlineException if no such row was set aside
     * @throws StoreException if it cannot be written
     */
    public void discard(String id) {
        change(id, "delete from " + table + " where id = ? and reason is not null");
    }

    @Override
    public String name() {
        return table;
    }

    @Override
    public Duration pause() {
        return pause;
    }

    @Override
    public void open() {
        database.requireThere();
    }

    @Override
    public boolean lead() {
        return lead.isOurs();
    }

    @Override
    public void resign() {
        lead.resign();
    }

    @Override
    public List<Row> waiting(int limit) {
        return database.call("read what waits", connection -> {
            try (var query = connection.prepareStatement(
                    "select id, body from " + table + " where reason is null order by id")) {
                query.setMaxRows(limit);
                var waiting = new ArrayList<Row>();
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        byte[] body = rows.getBytes(2);
                        waiting.add(new Row(rows.getString(1), body == null ? new byte[0] : body));
                    }
                }
                return waiting;
            }
        });
    }

    @Override
    public void end(Collection<String> done, Map<String, String> setAside) {
        database.call("end what was taken", connection -> {
            connection.setAutoCommit(false);
            try (var delete = connection.prepareStatement("delete from " + table + " where id = ?");
                    var update = connection.prepareStatement("update " + table + " set reason = ? where id = ?")) {
                for (String id : done) {
                    delete.setString(1, id);
                    delete.addBatch();
                }
                for (var bad : setAside.entrySet()) {
                    update.setString(1, shortened(bad.getValue()));
                    update.setString(2, bad.getKey());
                    update.addBatch();
                }
                if (!done.isEmpty()) {
                    delete.executeBatch();
                }
                if (!setAside.isEmpty()) {
                    update.executeBatch();
                }
                connection.commit();
                return true;
            }
        });
    }

    @Override
    public Depth depth() {
        return database.call("count what waits", connection -> {
            try (var query = connection.prepareStatement(
                            "select count(*), min(id) from " + table + " where reason is null");
                    var rows = query.executeQuery();
                    var aside =
                            connection.prepareStatement("select count(*) from " + table + " where reason is not null");
                    var bad = aside.executeQuery()) {
                rows.next();
                bad.next();
                String first = rows.getString(2);
                return new Depth(rows.getLong(1), first == null ? null : RowIds.recordedAt(first), bad.getLong(1), "");
            }
        });
    }

    private void insert(Connection connection, Touchpoint touchpoint) {
        try (var insert = connection.prepareStatement("insert into " + table + " (id, body) values (?, ?)")) {
            insert.setString(1, RowIds.next(clock.instant()));
            insert.setBytes(2, Touchpoint.CODEC.encode(touchpoint));
            insert.executeUpdate();
        } catch (SQLException fault) {
            throw database.fault("record a touchpoint", fault);
        }
    }

    private void requireTransaction(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new ThroughlineException(database.where()
                        + ": the connection is in auto-commit mode, expected one whose transaction the host commits");
            }
        } catch (SQLException fault) {
            throw database.fault("use the host's connection", fault);
        }
    }

    private void change(String id, String statement) {
        boolean changed = database.call("change a row that was set aside", connection -> {
            try (var update = connection.prepareStatement(statement)) {
                update.setString(1, Given.required("inbox", "id", id));
                return update.executeUpdate() == 1;
            }
        });
        if (!changed) {
            throw new ThroughlineException(
                    database.where() + ": no row '" + id + "' was set aside, expected an id that setAside() tells");
        }
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL schema that many hosts share. */
final class PostgresqlDatabase implements Database {

    static final int SHARDS = 1024;

    /**
     * A host that stands still within a unit has its shards: after so long the server ends its session, and the other hosts go on. What it
     * writes when it goes on itself is refused.
     */
    static final String ENDING_HANGING = "set idle_in_transaction_session_timeout = '5s'";

    private static final String NEVER_ENDING = "set local idle_in_transaction_session_timeout = 0";

    private static final Insert INBOX = Insert.into(
            "inbox", "", Insert.text("key"), Insert.number("shard"), Insert.text("owner"), Insert.bytes("body"));
    private static final int FETCH_SIZE = 1000;

    private final Connections connections;
    private final String prefix;
    private final @Nullable Integer wantedShards;
    private final int version;
    private volatile String where;
    private volatile int shards;

    PostgresqlDatabase(Connections connections, String where, JdbcStore.Shape shape) {
        this.connections = connections;
        this.where = where;
        this.prefix = shape.prefix();
        this.wantedShards = shape.shards();
        this.version = shape.version();
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void open() {
        connections.open();
        Connection connection = take();
        try {
            where = "PostgreSQL " + Urls.shown(connection.getMetaData().getURL());
        } catch (SQLException fault) {
            connections.giveBack(connection, true);
            throw Faults.postgresql(where, "connect", fault);
        }
        transact(connection, this::create);
    }

    /** The shard of a key: the first 32 bits of the murmur3 hash of its text, modulo the number of shards. */
    int shard(Key key) {
        int hash = HexFormat.fromHexDigits(Ids.hash(key), 0, 8);
        return Integer.remainderUnsigned(hash, shards);
    }

    @Override
    public Unit begin(Forms forms) {
        requireOpen();
        PostgresqlSession session = inTransaction(take());
        if (!connections.areOurs()) {
            set(session, ENDING_HANGING.replace("set ", "set local "));
        }
        return new PostgresqlUnit(this, session, forms);
    }

    void end(Session session, boolean commit) {
        try {
            if (commit) {
                session.connection.commit();
            } else {
                session.connection.rollback();
            }
        } catch (SQLException fault) {
            if (commit) {
                throw session.fault("commit", fault);
            }
        }
    }

    void release(Session session) {
        connections.giveBack(session.connection, !usable(session.connection));
    }

    /** Connections that were lost while nobody used them are noticed here: a read may be repeated, and finds a new one. */
    @Override
    public <T> T read(Function<Session, T> read) {
        try {
            return readOnce(read);
        } catch (StoreException fault) {
            if (!fault.isTransient()) {
                throw fault;
            }
            return readOnce(read);
        }
    }

    private <T> T readOnce(Function<Session, T> read) {
        Connection connection = take();
        boolean done = false;
        try {
            var session = new PostgresqlSession(connection, where, prefix);
            T result = read.apply(session);
            done = true;
            return result;
        } finally {
            connections.giveBack(connection, !done && !usable(connection));
        }
    }

    @Override
    public Optional<Instant> time() {
        return read(session -> session.first(
                "read the clock", "select clock_timestamp()", row -> row.getObject(1, OffsetDateTime.class)
                        .toInstant()));
    }

    @Override
    public void stream(Consumer<Session> read) {
        PostgresqlSession session = inTransaction(take());
        set(session, "set transaction isolation level repeatable read, read only");
        set(session, NEVER_ENDING); // it holds nothing, and its reader may be slow
        session.fetchSize(FETCH_SIZE);
        try {
            read.accept(session);
        } finally {
            end(session, false);
            release(session);
        }
    }

    /** What was being sent has a lease that is over. */
    @Override
    public long fill(Filling work) {
        requireOpen();
        var result = new long[1];
        transact(take(), session -> {
            session.update("set up a session", NEVER_ENDING);
            lock(session);
            stopAllHosts(session);
            result[0] = work.into(session, this::shard);
            session.update("end leases", "update @outbox set lease = '-infinity' where status = 1");
        });
        return result[0];
    }

    /** Its tables are made by whoever opens it first. */
    @Override
    public void requireThere() {
        // the connection will tell
    }

    @Override
    public void backup(Path target) {
        throw new ThroughlineException(where + ": backup copies a SQLite file, expected the server's own backup,"
                + " such as pg_dump or a base backup with its log, or exportTo");
    }

    @Override
    public Connection connection() {
        Connection connection = take();
        if (connections.areOurs()) {
            set(new PostgresqlSession(connection, where, prefix), "reset idle_in_transaction_session_timeout");
        }
        return connection;
    }

    private void set(PostgresqlSession session, String setting) {
        boolean done = false;
        try {
            session.update("set up a session", setting);
            done = true;
        } finally {
            if (!done) {
                release(session);
            }
        }
    }

    @Override
    public void join(
            Connection connection, Forms forms, Envelope envelope, Function<@Nullable Object, @Nullable Key> owner) {
        var session = new PostgresqlSession(connection, where, prefix);
        Key holder = owner.apply(Reads.state(session, forms, envelope.to()).orElse(null));
        session.update(
                "record an input in the host's transaction",
                "insert into @inbox (key, shard, owner, body) values (?, ?, ?, ?)",
                envelope.to().toString(),
                shard(envelope.to()),
                holder == null ? null : holder.toString(),
                forms.envelope(envelope));
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** What is for an identity bears its owner, like what hosts record; what is for others bears their key. */
    @Override
    public void record(Forms forms, List<Envelope> envelopes, Function<@Nullable Object, @Nullable Key> owner) {
        requireOpen();
        transact(take(), session -> {
            var owners = owners(session, forms, envelopes, owner);
            var inbox = new ArrayList<Object[]>();
            var told = new ArrayList<Object[]>();
            for (Envelope envelope : envelopes) {
                String key = envelope.to().toString();
                long shard = shard(envelope.to());
                byte[] body = forms.envelope(envelope);
                if (envelope.to().kind() == Key.Kind.IDENTIFIER) {
                    inbox.add(new @Nullable Object[] {key, shard, owners.get(key), body});
                } else {
                    told.add(new Object[] {key, shard, body});
                }
            }
            session.insert(INBOX, inbox);
            session.insert(PostgresqlUnit.TOLD, told);
        });
    }

    private record Owned(Key identity, @Nullable Key owner) {}

    private static Map<String, String> owners(
            PostgresqlSession session,
            Forms forms,
            List<Envelope> envelopes,
            Function<@Nullable Object, @Nullable Key> owner) {
        var keys = envelopes.stream()
                .map(envelope -> envelope.to())
                .filter(key -> key.kind() == Key.Kind.IDENTIFIER)
                .map(Key::toString)
                .distinct()
                .toList();
        var owners = new HashMap<String, String>();
        var found = session.query(
                "read whose identities they are",
                "select key, body from @states where " + session.among("key"),
                row -> {
                    Key key = Key.parse(row.getString(1));
                    return new Owned(key, owner.apply(forms.state(key, row.getBytes(2))));
                },
                session.texts(keys));
        for (Owned each : found) {
            if (each.owner != null) {
                owners.put(each.identity.toString(), each.owner.toString());
            }
        }
        return owners;
    }

    @Override
    public void close() {
        shards = 0;
        connections.close();
    }

    /** One host at a time: the lock is the transaction's. */
    private void create(PostgresqlSession session) {
        lock(session);
        var schema = schema(session);
        var present = new HashSet<>(session.query(
                "look for the tables",
                "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'f')",
                row -> row.getString(1)));
        if (!schema.isThere(present)) {
            schema.create();
            session.update(
                    "create the shards",
                    "insert into @shards (id) select generate_series(0, ? - 1)",
                    wantedShards == null ? SHARDS : wantedShards);
        } else if (schema.isBehind()) {
            schema.extend();
        }
        int found = session.query("count the shards", "select count(*) from @shards", row -> row.getInt(1))
                .get(0);
        if (wantedShards != null && wantedShards != found) {
            throw new StoreException(
                    where + ": it has " + found + " shards, expected " + wantedShards
                            + ": their number is fixed when the tables are created",
                    false,
                    null);
        }
        shards = found;
    }

    /** No host steps anything meanwhile; the next unit of each finds the new version among the settings. */
    @Override
    public void finishUpgrade() {
        requireOpen();
        transact(take(), session -> {
            lock(session);
            stopAllHosts(session);
            schema(session).finish();
        });
    }

    private static void stopAllHosts(PostgresqlSession session) {
        session.query("stop all hosts", "select id from @shards order by id for update", row -> row.getInt(1));
    }

    /** All of it or nothing; the connection is given back also if the commit fails. */
    private void transact(Connection connection, Consumer<PostgresqlSession> work) {
        PostgresqlSession session = inTransaction(connection);
        boolean done = false;
        try {
            work.accept(session);
            done = true;
        } finally {
            try {
                end(session, done);
            } finally {
                release(session);
            }
        }
    }

    private static void lock(PostgresqlSession session) {
        session.first("lock the schema", "select pg_advisory_xact_lock(?)", row -> true, 0x7468726F7567686CL);
    }

    @Override
    public Set<String> names(Session session) {
        return new HashSet<>(session.query(
                "look for tables and indexes",
                "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = current_schema() and c.relkind in ('r', 'p', 'i', 'I') union all"
                        + " select table_name || '.' || column_name from information_schema.columns"
                        + " where table_schema = current_schema()",
                row -> row.getString(1)));
    }

    /** The server tells its own administrators. */
    @Override
    public List<String> damages(Session session) {
        return List.of();
    }

    @Override
    public Schema schema(Session session) {
        return new Schema(session, "postgresql", version);
    }

    private void requireOpen() {
        if (shards == 0) {
            throw new StoreException(where + ": it is not open, expected open() before use", false, null);
        }
    }

    private PostgresqlSession inTransaction(Connection connection) {
        try {
            connection.setAutoCommit(false);
            if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            return new PostgresqlSession(connection, where, prefix);
        } catch (SQLException fault) {
            connections.giveBack(connection, true);
            throw Faults.postgresql(where, "begin a unit of work", fault);
        }
    }

    private Connection take() {
        try {
            Connection connection = connections.take();
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException fault) {
            if (String.valueOf(fault.getMessage()).startsWith("No suitable driver")) {
                throw new StoreException(
                        where + ": no PostgreSQL driver, expected org.postgresql:postgresql on the class path",
                        false,
                        fault);
            }
            throw Faults.postgresql(where, "connect", fault);
        }
    }

    /** Gives a connection the state in which a pool expects it; one that refuses is broken. */
    private static boolean usable(Connection connection) {
        try {
            connection.setAutoCommit(true);
            return !connection.isClosed();
        } catch (SQLException lost) {
            return false;
        }
    }
}

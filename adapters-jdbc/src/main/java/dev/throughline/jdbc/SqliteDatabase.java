// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite file. One connection writes, in transactions that are immediate (a read that becomes a write would fail as soon as
 * anybody else has written in between); others read what has committed, since the file has a write-ahead log.
 */
final class SqliteDatabase implements Database {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BRIEF = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Our own units hold the lock for milliseconds. */
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final Path file;
    private final String where;
    private final String prefix;
    private final int version;
    private final UnaryOperator<Connection> dress;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<Changes.Attempt, Long> sending = new ConcurrentHashMap<>();
    private final Joined joined = new Joined();
    private volatile @Nullable InUse inUse;
    private boolean traces = true; // a process before may have died before it could truncate the log
    private long nextTry = System.nanoTime();
    private @Nullable Session writer;
    private @Nullable Session reader;

    /** One whose connections are used as {@code dress} gives them back. */
    SqliteDatabase(Path file, JdbcStore.Shape shape, UnaryOperator<Connection> dress) {
        this.file = file;
        this.where = "SQLite " + file;
        this.prefix = shape.prefix();
        this.version = shape.version();
        this.dress = dress;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void open() {
        inUse = InUse.of(file);
        try {
            ForeignLog.requireNone(file);
            var session = new SqliteSession(connect("immediate"), where, prefix);
            writer = session;
            create(session);
            reader = new SqliteSession(connect("deferred"), where, prefix);
        } catch (StoreException unusable) {
            close();
            throw unusable;
        }
    }

    @Override
    public Unit begin(Forms forms) {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "this thread has a unit of work open: expected it to be closed before another begins");
        }
        requireFree();
        writing.lock();
        try {
            Session session = writer();
            beginImmediate(session);
            return new SqliteUnit(this, session, forms);
        } catch (RuntimeException | Error failed) {
            writing.unlock();
            throw failed;
        }
    }

    /** Commits or rolls back. A connection that cannot even roll back is given up; the next unit gets a new one. */
    void end(Session session, boolean commit) {
        try {
            if (!commit) {
                session.connection.rollback();
            }
            session.connection.setAutoCommit(true);
        } catch (SQLException fault) {
            abandon(session);
            if (commit) {
                throw session.fault("commit", fault);
            }
        }
    }

    void releaseWriter() {
        try {
            if (traces && System.nanoTime() - nextTry >= 0) {
                truncateLog();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Pages as they were before may still stand in the write-ahead log. */
    void hasErased() {
        traces = true;
        truncateLog();
    }

    /** Somebody who still reads what was there before holds it up: it is tried again. */
    private void truncateLog() {
        Session session = writer;
        nextTry = System.nanoTime() + RETRY.toNanos();
        if (session == null || !reading.tryLock()) {
            return;
        }
        try {
            busyTimeout(session, BRIEF);
            traces = session.query("truncate the log", "pragma wal_checkpoint(truncate)", row -> row.getInt(1) != 0)
                    .contains(true);
            busyTimeout(session, BUSY_TIMEOUT);
        } catch (StoreException later) {
            traces = true;
            abandon(session); // lest it keeps the brief time-out
        } finally {
            reading.unlock();
        }
    }

    private static void busyTimeout(Session session, Duration time) {
        session.query("truncate the log", "pragma busy_timeout = " + time.toMillis(), row -> true);
    }

    boolean isSending(Changes.Attempt attempt) {
        Long until = sending.get(attempt);
        return until != null && until - System.nanoTime() > 0;
    }

    void sending(Changes.Attempt attempt, long leaseNanos) {
        sending.put(attempt, System.nanoTime() + leaseNanos);
    }

    void finished(Collection<Changes.Attempt> attempts) {
        attempts.forEach(sending::remove);
    }

    @Override
    public <T> T read(Function<Session, T> read) {
        reading.lock();
        try {
            if (reader == null) {
                throw closed();
            }
            return read.apply(reader);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void stream(Consumer<Session> read) {
        if (inUse == null) {
            throw closed();
        }
        try (Connection connection = connect("deferred")) {
            connection.setAutoCommit(false); // one snapshot for all that is read
            read.accept(new SqliteSession(connection, where, prefix));
        } catch (SQLException fault) {
            throw Faults.sqlite(where, "close a connection", fault);
        }
    }

    @Override
    public long fill(Filling work) {
        writing.lock();
        try {
            Session session = writer();
            beginImmediate(session);
            boolean done = false;
            try {
                long result = work.into(session, null);
                done = true;
                return result;
            } finally {
                end(session, done);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void requireThere() {
        if (!Files.exists(file)) {
            throw new StoreException(where + ": there is no such file, expected one to read", false, null);
        }
    }

    @Override
    public void backup(Path target) {
        if (inUse == null) {
            throw closed();
        }
        var copied = new Object[] {Store.COPIED, JdbcStore.CLOCK.instant().toString()};
        try (Connection connection = connect("deferred")) {
            new SqliteBackup(where, prefix, target)
                    .copy(connection, copy -> copy.insert(Writes.COPIED, List.<Object[]>of(copied)));
        } catch (SQLException fault) {
            throw Faults.sqlite(where, "close a connection", fault);
        }
    }

    /** Deferred: the driver begins the next transaction with each commit, and an immediate one would lock all others out. */
    @Override
    public Connection connection() {
        return connect("deferred");
    }

    /**
     * Inserts first: that takes the write lock, waiting for it if need be, where a read that comes first would make the later write
     * fail if anybody wrote in between.
     */
    @Override
    public void join(
            Connection connection, Forms forms, Envelope envelope, Function<@Nullable Object, @Nullable Key> owner) {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("this thread has a unit of work open, which holds the file's write lock:"
                    + " expected it to be closed before a transaction is joined");
        }
        var session = new SqliteSession(connection, where, prefix);
        try {
            long row = session.query(
                            "record an input in the host's transaction",
                            "insert into @inbox (key, body) values (?, ?) returning id",
                            inserted -> inserted.getLong(1),
                            envelope.to().toString(),
                            forms.envelope(envelope))
                    .get(0);
            Key holder = owner.apply(Reads.state(session, forms, envelope.to()).orElse(null));
            if (holder != null) {
                session.update(
                        "record an input in the host's transaction",
                        "update @inbox set owner = ? where id = ?",
                        holder.toString(),
                        row);
            }
            joined.add(connection, row);
        } finally {
            session.closeStatements();
        }
    }

    /**
     * The host's transaction has ended if its input can be seen, or if the write lock can be had. Its own connection is not asked: a
     * read would begin a snapshot there, and the host's next write would fail if anybody wrote in between.
     */
    @Override
    public void requireFree() {
        Long row = joined.row();
        if (row == null) {
            return;
        }
        if (!isCommitted(row) && !isLockFree()) {
            throw new ThroughlineException("this thread's own transaction holds the write lock of " + where
                    + " since an input was recorded in it: expected it to commit or roll back before the next call");
        }
        joined.ended();
    }

    private boolean isCommitted(long row) {
        return !read(session -> session.query(
                        "look for an input", "select 1 from @inbox where id = ?", found -> found.getInt(1), row))
                .isEmpty();
    }

    private boolean isLockFree() {
        try (Connection connection = connect("deferred");
                var statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = " + TRIAL.toMillis());
            statement.execute("begin immediate");
            statement.execute("rollback");
            return true;
        } catch (SQLException locked) {
            return false;
        }
    }

    @Override
    public void close() {
        writing.lock();
        reading.lock();
        try {
            closeQuietly(writer);
            closeQuietly(reader);
            writer = null;
            reader = null;
            if (inUse != null) {
                inUse.close();
            }
            inUse = null;
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    private Session writer() {
        if (inUse == null) {
            throw closed();
        }
        if (writer == null) {
            writer = new SqliteSession(connect("immediate"), where, prefix);
        }
        return writer;
    }

    void beginImmediate(Session session) {
        try {
            session.connection.setAutoCommit(false);
        } catch (SQLException fault) {
            abandon(session);
            throw session.fault("begin a unit of work", fault);
        }
    }

    @Override
    public Set<String> names(Session session) {
        return new HashSet<>(session.query(
                "look for tables and indexes",
                "select name from sqlite_master where type in ('table', 'index') union all"
                        + " select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c"
                        + " where m.type = 'table'",
                row -> row.getString(1)));
    }

    @Override
    public List<String> damages(Session session) {
        var lines = session.query("check the file", "pragma integrity_check(100)", row -> row.getString(1));
        return lines.equals(List.of("ok")) ? List.of() : lines;
    }

    @Override
    public Schema schema(Session session) {
        return new Schema(session, "sqlite", version);
    }

    private void create(Session session) {
        var schema = schema(session);
        var present = new HashSet<>(session.query(
                "look for the tables",
                "select name from sqlite_master where type in ('table', 'view')",
                row -> row.getString(1)));
        if (!schema.isThere(present)) {
            change(session, schema::create);
        } else if (schema.isBehind()) {
            change(session, () -> {
                schema.extend();
                schema.finish();
            });
        }
    }

    private void change(Session session, Runnable change) {
        beginImmediate(session);
        try {
            change.run();
            end(session, true);
        } catch (StoreException failed) {
            end(session, false);
            throw failed;
        }
    }

    /** There is no other host, so that it is finished when the file is opened. */
    @Override
    public void finishUpgrade() {
        if (inUse == null) {
            throw closed();
        }
    }

    private void abandon(Session session) {
        closeQuietly(session);
        writer = null;
    }

    private static void closeQuietly(@Nullable Session session) {
        if (session != null) {
            try {
                session.connection.close();
            } catch (SQLException alreadyLost) {
                // whatever it held is rolled back when the file is opened again
            }
        }
    }

    private StoreException closed() {
        return new StoreException(
                where + ": it is not open, expected open() before and close() after use", false, null);
    }

    private Connection connect(String transactions) {
        var settings = new Properties();
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT.toMillis()));
        settings.setProperty("secure_delete", "true");
        settings.setProperty("transaction_mode", transactions.toUpperCase(Locale.ROOT));
        try {
            return dress.apply(DriverManager.getConnection("jdbc:sqlite:" + file, settings));
        } catch (SQLException fault) {
            if (String.valueOf(fault.getMessage()).startsWith("No suitable driver")) {
                throw new StoreException(
                        where + ": no SQLite driver, expected org.xerial:sqlite-jdbc on the class path", false, fault);
            }
            throw Faults.sqlite(where, "open it", fault);
        }
    }
}

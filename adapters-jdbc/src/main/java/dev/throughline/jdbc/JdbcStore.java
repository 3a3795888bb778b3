// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.Codecs;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Definition;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Queue;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The durable store: a SQLite file for one process, or a PostgreSQL schema that many hosts share. Thread-safe.
 *
 * <p>A commit is durable when it returns (SQLite: write-ahead log, {@code synchronous=FULL}; PostgreSQL: as the server is set up,
 * by default after its flush). A {@link StoreException} says that nothing was kept, with one exception: when the connection is lost
 * while a commit is under way nobody can know whether it happened. The engine then tries the unit again, which is harmless because
 * everything that it is given bears an id: a touchpoint that has arrived is {@link Unit#seen seen}, a timer that is gone is a no-op, a
 * message's row is unique.
 *
 * <p>On SQLite units run one after another and {@link #begin} waits for its turn; a lock file beside the database keeps a second
 * process out. On PostgreSQL a claim is the lock of one of 1,024 logical shards for the length of one
 * transaction, so that a host that dies frees its keys with its connection.
 */
public final class JdbcStore implements Store {

    /** For what is said of copies; the ring's time is the host's. */
    static final InstantSource CLOCK = InstantSource.system();

    private final Function<Shape, Database> factory;
    private final Shape shape;
    private final Database database;
    private volatile @Nullable Forms forms;
    private volatile boolean opened;

    /**
     * How its tables are.
     *
     * @param shards how many; {@code null} for as many as there are
     * @param version the last one that this host knows
     */
    record Shape(String prefix, @Nullable Integer shards, int version) {
        static final Shape PLAIN = new Shape("throughline_", null, Schema.LATEST);
    }

    private JdbcStore(Function<Shape, Database> factory, Shape shape) {
        this.factory = factory;
        this.shape = shape;
        this.database = factory.apply(shape);
    }

    /**
     * A store in a SQLite file.
     *
     * @param file the file, which is created if it is missing; its directory must exist
     * @return the store, to be opened
     */
    public static JdbcStore sqlite(Path file) {
        return sqlite(file, UnaryOperator.identity());
    }

    /** A store in a SQLite file whose connections somebody wants to have a hand in. */
    static JdbcStore sqlite(Path file, UnaryOperator<Connection> dress) {
        return new JdbcStore(shape -> new SqliteDatabase(file, shape, dress), Shape.PLAIN);
    }

    /**
     * A store in the current schema of a PostgreSQL database, 12 or later.
     *
     * @param source the host's connections, of which one is used by each open unit and by each reader; it stays the host's to close
     * @return the store, to be opened
     */
    public static JdbcStore postgresql(DataSource source) {
        return postgresql(new SourceConnections(source), "PostgreSQL");
    }

    /**
     * A store at a JDBC URL. For PostgreSQL it keeps connections of its own, as many as it uses at the same time.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE?user=..}
     * @return the store, to be opened
     * @throws ThroughlineException if the URL is of another database
     */
    public static JdbcStore url(String url) {
        if (url.startsWith("jdbc:sqlite:")) {
            return sqlite(file(url.substring("jdbc:sqlite:".length())));
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return postgresql(new DriverConnections(url), "PostgreSQL " + Urls.shown(url));
        }
        throw new ThroughlineException(
                "store '" + Urls.shown(url) + "': expected a URL that begins with jdbc:sqlite: or jdbc:postgresql:");
    }

    /**
     * The same store with another number of logical shards, which PostgreSQL fixes when the tables are created. SQLite has one writer
     * and no shards.
     *
     * @param number how many, from 1
     * @return a store, to be opened; its {@link #open} fails if the tables have another number
     */
    public JdbcStore withShards(int number) {
        if (number < 1) {
            throw new ThroughlineException(number + " shards: expected at least 1");
        }
        return new JdbcStore(factory, new Shape(shape.prefix, number, shape.version));
    }

    /**
     * The same store with another prefix of its tables' names, {@code throughline_} by default.
     *
     * @param prefix lower-case letters, digits and underscores
     * @return a store, to be opened
     */
    public JdbcStore withPrefix(String prefix) {
        if (!prefix.matches("[a-z][a-z0-9_]{0,30}")) {
            throw new ThroughlineException(
                    "prefix '" + prefix + "': expected at most 31 lower-case letters, digits and underscores");
        }
        return new JdbcStore(factory, new Shape(prefix, shape.shards, shape.version));
    }

    /** The same store as a release sees it that knows versions of the tables up to this one. */
    JdbcStore knowing(int version) {
        return new JdbcStore(factory, new Shape(shape.prefix, shape.shards, version));
    }

    @Override
    public void open(Codecs codecs) {
        database.open();
        forms = new Forms(codecs, database.where(), shape.version);
        opened = true;
    }

    /**
     * Makes an upgrade of the tables final, once every host of a PostgreSQL store runs this release: what only this release can read may
     * be written from now on. An older host that still runs takes nothing more, and none can be opened any more. Does nothing if the
     * tables are of this release, or the store is a SQLite file, whose upgrade is finished when it is opened. Waits for units of work
     * that are under way on all hosts.
     *
     * @throws StoreException if the store is not open
     */
    public void finishUpgrade() {
        database.finishUpgrade();
    }

    @Override
    public Unit begin() {
        return database.begin(forms());
    }

    @Override
    public Optional<Object> peek(Key key) {
        return database.read(session -> Reads.state(session, forms(), key));
    }

    @Override
    public List<Entry> entries(Entry.Log log, String subject) {
        return database.read(session -> Reads.entries(session, forms(), log, subject));
    }

    @Override
    public void scan(Entry.Log log, Consumer<Entry> each) {
        database.stream(session -> Reads.scan(session, forms(), log, each));
    }

    /** On a connection of its own, lest other readers wait where little is old. */
    @Override
    public List<Entry> older(Entry.Log log, Instant before, @Nullable LinePlace after, int limit) {
        var page = new ArrayList<Entry>();
        database.stream(session -> page.addAll(Reads.older(session, forms(), log, before, after, limit)));
        return page;
    }

    @Override
    public List<Key> keys(Key.Kind kind, @Nullable Key after, int limit) {
        return database.read(session -> Reads.keys(session, kind, after, limit));
    }

    @Override
    public List<Key> members(String set, @Nullable Key after, int limit) {
        return database.read(session -> Reads.members(session, set, after, limit));
    }

    @Override
    public List<Definition> definitions() {
        return database.read(Reads::definitions);
    }

    @Override
    public Optional<Key> route(String reference) {
        return database.read(session -> Reads.route(session, reference));
    }

    @Override
    public Optional<Instant> nextDue() {
        return database.read(Reads::nextDue);
    }

    /** That of PostgreSQL; empty on SQLite. */
    @Override
    public Optional<Instant> time() {
        return database.time();
    }

    @Override
    public Map<String, String> settings() {
        return database.read(forms()::settings);
    }

    @Override
    public List<DeadLetter> deadLetters(long after, int limit) {
        return database.read(session -> Reads.deadLetters(session, forms(), after, limit));
    }

    @Override
    public Map<String, Long> backlog() {
        return database.read(Reads::backlog);
    }

    @Override
    public List<Queue> queues() {
        return database.read(Reads::queues);
    }

    /**
     * Copies the SQLite file into another one while units of work go on: what had committed when the copying began, the host's own tables
     * in the file included. The copy is checked and flushed before it gets its name, so that a file of that name is whole. It is readable
     * by its owner alone where the system knows owners. It knows that it is a copy: a host that is opened on it holds everything until
     * {@link dev.throughline.Repair#resumeRestored} or {@link dev.throughline.Repair#resumeMoved}. A store that is not open is opened for
     * as long as it takes.
     *
     * @param target the file to make, in a directory that exists
     * @throws StoreException if the target exists or cannot be written, or the file is damaged; then nothing bears the target's name
     * @throws ThroughlineException if this is PostgreSQL, which has backups of its own
     */
    public void backup(Path target) {
        Given.required("backup", "target", target);
        database.requireThere();
        whileOpen(() -> {
            database.backup(target);
            return target;
        });
    }

    /**
     * Writes all that is kept as JSON, one object on a line, for a store on another database or of another kind: what had committed when it
     * began, while units of work go on. The last line says how many rows there are and bears a hash of all lines before it. Rows are
     * streamed. It is personal data: encrypt it where it lies. Whoever imports it has a copy, which is held as a {@link #backup} is. A
     * store that is not open is opened for as long as it takes.
     *
     * @param out where to; flushed, and not closed
     * @return how many rows were written
     * @throws StoreException if the store cannot be read; what was written is not whole then, and is refused by {@link #importFrom}
     * @throws ThroughlineException if the stream cannot be written
     */
    public long exportTo(OutputStream out) {
        Given.required("exportTo", "stream", out);
        database.requireThere();
        return whileOpen(() -> {
            var rows = new AtomicLong();
            database.stream(session -> rows.set(new Export(database.where(), out)
                    .write(session, database.schema(session).version(), CLOCK.instant())));
            return rows.get();
        });
    }

    /**
     * Brings in what {@link #exportTo} has written, on whichever database, into a store that has nothing in it yet; then hosts may be
     * opened on it. All of it is kept or nothing: a file that is cut short or was changed, or has what no store
     * writes, is refused with its line. Bodies are not decoded: {@link #check} names one that cannot be. What was being sent
     * when it was exported is in doubt, and no number of shards has to be the same. Dead letters get new ids in their old order. The
     * store is a copy from when the file was written, and is held as such.
     *
     * @param in the lines; read to their end, and not closed
     * @return how many rows were read
     * @throws ThroughlineException if the store has anything in it, or the lines are not whole or not what was written
     * @throws StoreException if the store cannot be written
     */
    public long importFrom(InputStream in) {
        Given.required("importFrom", "stream", in);
        return whileOpen(() -> database.fill((session, shards) -> {
            Import.requireEmpty(session);
            return new Import(database.where(), in, shards)
                    .read(session, database.schema(session).version());
        }));
    }

    /**
     * Says of a store that was restored by other means than {@link #backup} and {@link #exportTo}, such as the server's own backup or a
     * copy of the file, from when it is. A host that is opened on it holds everything then, as it does with those, until somebody says
     * how it goes on: see {@link dev.throughline.Repair#resumeRestored}. Called before any host is opened on it.
     *
     * @param copied when the copy was made; before that instant rather than after it
     * @throws StoreException if the store cannot be written
     */
    public void restored(Instant copied) {
        Given.required("restored", "instant", copied);
        database.requireThere();
        whileOpen(() -> database.fill((session, shards) -> {
            session.insert(Writes.COPIED, List.<Object[]>of(new Object[] {Store.COPIED, copied.toString()}));
            return 1;
        }));
    }

    /**
     * Looks over all that is kept, as of one moment and while units of work go on, and names what is wrong: what the database finds itself,
     * tables and indexes that are missing, bodies that cannot be read, waits without a timer, rows of the outbox that nobody knows, rows
     * and lines of what is not there. Changes nothing. It reads everything, row by row. Customers whom this release is still making anew
     * are passed over with their waits; see {@link dev.throughline.Status#rebuilding}. What customers wait for is what a host's campaigns
     * say: it is called on the store object that a {@link dev.throughline.Throughline} was opened or {@linkplain
     * dev.throughline.Throughline#build built} with, which need not be started and may be held. Of a copy that is held all customers are
     * passed over if the campaigns here need more of their past than those of the host that it was copied from.
     *
     * @param each is told of each damage, with what to do; called by this thread, and may not use this store to write
     * @return how many damages there are
     * @throws StoreException if no host has opened the store, or the connection is lost
     */
    public long check(Consumer<Damage> each) {
        return check(each, CLOCK.instant());
    }

    long check(Consumer<Damage> each, Instant now) {
        if (!opened) {
            throw new StoreException(
                    database.where()
                            + ": no host has opened it, and what its customers wait for is what a host's campaigns say:"
                            + " expected Throughline.build(..) on this store object first, without start()",
                    false,
                    null);
        }
        return new Check(database, forms(), now, Given.required("check", "consumer", each)).run();
    }

    /**
     * A connection to the same database for the host's own tables, set up so that a transaction on it can be {@link #join joined}. On
     * SQLite begin a transaction with a write: a transaction that has read and then writes fails if anybody wrote in between.
     *
     * @return a connection in auto-commit mode, which the caller closes
     */
    public Connection connection() {
        return database.connection();
    }

    /**
     * Writes one row into the inbox. On SQLite this takes the file's one write lock until the host's transaction ends: a call on the
     * store from the same thread that would wait for a commit throws {@link ThroughlineException} before that.
     */
    @Override
    public void join(Connection connection, Envelope envelope, Function<@Nullable Object, @Nullable Key> owner) {
        requireTransaction(connection);
        database.join(connection, forms(), envelope, owner);
    }

    @Override
    public boolean isShared() {
        return database.isShared();
    }

    @Override
    public void record(List<Envelope> envelopes, Function<@Nullable Object, @Nullable Key> owner) {
        database.record(forms(), envelopes, owner);
    }

    @Override
    public void requireFree() {
        database.requireFree();
    }

    @Override
    public void close() {
        opened = false;
        database.close();
    }

    private static JdbcStore postgresql(Connections connections, String where) {
        return new JdbcStore(shape -> new PostgresqlDatabase(connections, where, shape), Shape.PLAIN);
    }

    private static Path file(String name) {
        if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:") || name.indexOf('?') >= 0) {
            throw new ThroughlineException(
                    "store 'jdbc:sqlite:" + name
                            + "': expected the path of a file without parameters; what forgets with the process is MemoryStore");
        }
        return Path.of(name);
    }

    private void requireTransaction(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new ThroughlineException(database.where()
                        + ": the connection is in auto-commit mode, expected one whose transaction the host commits");
            }
        } catch (SQLException fault) {
            throw new StoreException(
                    database.where() + ": the host's connection is unusable: " + fault.getMessage(), true, fault);
        }
    }

    /** Of a store that no host has opened what is under it is opened and closed again. */
    private <T> T whileOpen(Supplier<T> work) {
        if (opened) {
            return work.get();
        }
        database.open();
        try {
            return work.get();
        } finally {
            database.close();
        }
    }

    private Forms forms() {
        Forms open = forms;
        if (open == null) {
            throw new StoreException(database.where() + ": it is not open, expected open() before use", false, null);
        }
        return open;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A unit on PostgreSQL: one transaction under READ COMMITTED. A claim is the row lock of the key's shard, held to the end of the
 * transaction, so that a state is written only by whoever read it last; each statement sees what had committed when it began.
 */
final class PostgresqlUnit extends JdbcUnit<PostgresqlSession> {

    private static final Comparator<Timer> BY_DUE =
            Comparator.comparing(Timer::due).thenComparing(Timer::key).thenComparing(Timer::name);

    private static final Insert TIMERS = Insert.into(
            "timers",
            "on conflict (key, name) do update set due = excluded.due",
            Insert.text("key"),
            Insert.text("name"),
            Insert.number("due"),
            Insert.number("shard"));
    static final Insert TOLD =
            Insert.into("told", "", Insert.text("key"), Insert.number("shard"), Insert.bytes("body"));

    private final PostgresqlDatabase database;
    private final Set<Integer> held = new HashSet<>();

    private record Queued(long id, int shard, byte[] body) {}

    private record Waiting(String key, String name, int shard) {}

    PostgresqlUnit(PostgresqlDatabase database, PostgresqlSession session, Forms forms) {
        super(session, forms);
        this.database = database;
    }

    /** Locks that the database knows by a number; units that wait for one have nothing yet that others wait for. */
    @Override
    public Instant turnAt(List<String> things, Instant here) {
        requireOpen();
        for (String thing : things) {
            session.first(
                    "wait for a turn",
                    "select pg_advisory_xact_lock(hashtextextended(current_schema() || '/@/' || ?, 0))",
                    row -> true,
                    thing);
        }
        return session.first(
                        "ask for the time",
                        "select extract(epoch from clock_timestamp())::numeric",
                        row -> Nanos.instant(
                                row.getBigDecimal(1).movePointRight(9).longValue()))
                .orElse(here);
    }

    @Override
    public Set<Key> claim(Collection<Key> keys, boolean wait) {
        requireOpen();
        requireFirst(wait);
        var shards = new TreeSet<Integer>();
        keys.forEach(key -> shards.add(database.shard(key)));
        hold(shards, wait);
        var busy = new HashSet<Key>();
        for (Key key : keys) {
            (held.contains(database.shard(key)) ? claimed : busy).add(key);
        }
        return busy;
    }

    @Override
    public List<Envelope> takeInbox(int limit) {
        return takeQueue("inbox", limit);
    }

    @Override
    public List<Envelope> takeTold(int limit) {
        return takeQueue("told", limit);
    }

    @Override
    public List<Timer> takeDue(Instant now, int limit) {
        requireOpen();
        var taken = new ArrayList<Timer>();
        var busy = new HashSet<Integer>();
        while (taken.size() < limit) {
            List<Waiting> found = session.query(
                    "look for due timers",
                    "select key, name, shard from @timers where due <= ? and shard <> all(?)"
                            + " order by due, key, name limit ?",
                    row -> new Waiting(row.getString(1), row.getString(2), row.getInt(3)),
                    Nanos.of(now),
                    session.numbers(busy),
                    limit - taken.size());
            if (found.isEmpty()) {
                break;
            }
            hold(found.stream().map(Waiting::shard).collect(Collectors.toCollection(TreeSet::new)), false);
            found.stream()
                    .map(Waiting::shard)
                    .filter(shard -> !held.contains(shard))
                    .forEach(busy::add);
            taken.addAll(remove(
                    found.stream()
                            .filter(timer -> held.contains(timer.shard) && isKeyed(timer.key, timer.name))
                            .toList(),
                    now));
        }
        taken.sort(BY_DUE);
        taken.forEach(timer -> claimed.add(timer.key()));
        return taken;
    }

    @Override
    public List<Outgoing> lapsed(int limit) {
        requireOpen();
        return outgoing(() -> session.query(
                "look for lapsed messages",
                "select id, body from @outbox where status = 1 and lease <= clock_timestamp() order by id limit ?",
                MESSAGE,
                limit));
    }

    @Override
    String marking() {
        return "status = 1, owner = ?, lease = clock_timestamp() + ? * interval '1 microsecond'";
    }

    @Override
    List<Object> markingParameters(Dispatch dispatch) {
        return List.of(dispatch.owner(), dispatch.lease().toNanos() / 1000);
    }

    @Override
    String skippingLocked() {
        return " for update skip locked";
    }

    @Override
    void write(Changes changes, Writes writes) {
        if (!changes.timersCancelled().isEmpty()) {
            session.update(
                    "cancel timers",
                    "delete from @timers using unnest(?::text[], ?::text[]) as gone (key, name)"
                            + " where @timers.key = gone.key and @timers.name = gone.name",
                    session.texts(changes.timersCancelled().stream()
                            .map(timer -> timer.key().toString())
                            .toList()),
                    session.texts(changes.timersCancelled().stream()
                            .map(Changes.TimerName::name)
                            .toList()));
        }
        writes.timers(changes.timersSet(), TIMERS, database::shard);
        var told = new ArrayList<Object[]>(changes.told().size());
        changes.told()
                .forEach(each -> told.add(
                        new Object[] {each.to().toString(), (long) database.shard(each.to()), forms.envelope(each)}));
        session.insert(TOLD, told);
    }

    @Override
    void putOff(String key, String name) {
        session.update(
                "put a timer off", "update @timers set due = ? where key = ? and name = ?", Long.MAX_VALUE, key, name);
    }

    @Override
    void end(boolean commit) {
        database.end(session, commit);
    }

    /** The connection has begun it. */
    @Override
    void beginAgain() {}

    @Override
    void endAgain(boolean commit) {
        database.end(session, commit);
    }

    @Override
    void release() {
        database.release(session);
    }

    private void hold(Set<Integer> shards, boolean wait) {
        var missing = new TreeSet<>(shards);
        missing.removeAll(held);
        if (!missing.isEmpty()) {
            held.addAll(session.query(
                    "claim shards",
                    "select id from @shards where id = any(?) order by id for update" + (wait ? "" : " skip locked"),
                    row -> row.getInt(1),
                    session.numbers(missing)));
        }
    }

    private List<Timer> remove(List<Waiting> timers, Instant now) {
        if (timers.isEmpty()) {
            return List.of();
        }
        return session.query(
                "take timers",
                "delete from @timers using unnest(?::text[], ?::text[]) as due (key, name)"
                        + " where @timers.key = due.key and @timers.name = due.name and @timers.due <= ?"
                        + " returning @timers.key, @timers.name, @timers.due",
                row -> new Timer(Key.parse(row.getString(1)), row.getString(2), Nanos.instant(row.getLong(3))),
                session.texts(timers.stream().map(Waiting::key).toList()),
                session.texts(timers.stream().map(Waiting::name).toList()),
                Nanos.of(now));
    }

    private List<Envelope> takeQueue(String table, int limit) {
        requireOpen();
        var taken = new ArrayList<Envelope>();
        var busy = new HashSet<Integer>();
        while (taken.size() < limit) {
            List<Queued> found = session.query(
                    "look for inputs",
                    "select id, shard, body from @" + table
                            + " where unread = 0 and shard <> all(?) order by id limit ?",
                    row -> new Queued(row.getLong(1), row.getInt(2), row.getBytes(3)),
                    session.numbers(busy),
                    limit - taken.size());
            if (found.isEmpty()) {
                break;
            }
            hold(found.stream().map(Queued::shard).collect(Collectors.toCollection(TreeSet::new)), false);
            found.stream()
                    .map(Queued::shard)
                    .filter(shard -> !held.contains(shard))
                    .forEach(busy::add);
            found.removeIf(row -> !held.contains(row.shard));
            Map<Object, Envelope> read = read(
                    table,
                    found.stream().map(row -> new Found(row.id, row.body)).toList(),
                    forms::envelope);
            found.removeIf(row -> !read.containsKey(row.id));
            taken.addAll(remove(
                    table, found.stream().map(Queued::id).collect(Collectors.toCollection(LinkedHashSet::new)), read));
        }
        taken.forEach(envelope -> claimed.add(envelope.to()));
        return taken;
    }

    /** Those that are still there; a row's body never changes. */
    private List<Envelope> remove(String table, Set<Long> ids, Map<Object, Envelope> read) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var gone = session.query(
                "take inputs",
                "delete from @" + table + " where id = any(?) returning id",
                row -> row.getLong(1),
                session.longs(ids));
        return gone.stream().sorted().map(read::get).toList();
    }
}

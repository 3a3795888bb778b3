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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A unit on SQLite: the only writer there is, so that every key can be claimed. */
final class SqliteUnit extends JdbcUnit<Session> {

    private static final Comparator<Timer> BY_DUE =
            Comparator.comparing(Timer::due).thenComparing(Timer::key).thenComparing(Timer::name);

    private static final Insert TIMERS = Insert.into(
            "timers",
            "on conflict (key, name) do update set due = excluded.due",
            Insert.text("key"),
            Insert.text("name"),
            Insert.number("due"));
    private static final Insert TOLD = Insert.into("told", "", Insert.text("key"), Insert.bytes("body"));

    private final SqliteDatabase database;
    private final List<Outgoing> taken = new ArrayList<>();
    private long leaseNanos;
    private List<Changes.Attempt> finishing = List.of();
    private boolean erasing;

    private record Due(String key, String name, long due) {}

    SqliteUnit(SqliteDatabase database, Session session, Forms forms) {
        super(session, forms);
        this.database = database;
    }

    @Override
    public Set<Key> claim(Collection<Key> keys, boolean wait) {
        requireOpen();
        requireFirst(wait);
        claimed.addAll(keys);
        return Set.of();
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
        List<Due> found = session.query(
                "take timers",
                "delete from @timers where (key, name) in"
                        + " (select key, name from @timers where due <= ? order by due, key, name limit ?)"
                        + " returning key, name, due",
                row -> new Due(row.getString(1), row.getString(2), row.getLong(3)),
                Nanos.of(now),
                limit);
        var due = new ArrayList<Timer>(found.size());
        for (Due each : found) {
            if (isKeyed(each.key, each.name)) {
                due.add(new Timer(Key.parse(each.key), each.name, Nanos.instant(each.due)));
            }
        }
        due.sort(BY_DUE);
        due.forEach(timer -> claimed.add(timer.key()));
        return due;
    }

    /** Rows that this process is sending are known with their leases; all others are of a process that is gone. */
    @Override
    public List<Outgoing> lapsed(int limit) {
        requireOpen();
        return outgoing(() -> session.query(
                        "look for lapsed messages",
                        "select id, body from @outbox where status = 1 order by id",
                        MESSAGE))
                .stream()
                .filter(row -> !database.isSending(Changes.Attempt.of(row)))
                .limit(limit)
                .toList();
    }

    @Override
    public List<Outgoing> take(Dispatch dispatch) {
        List<Outgoing> rows = super.take(dispatch);
        taken.addAll(rows);
        leaseNanos = dispatch.lease().toNanos();
        return rows;
    }

    @Override
    String marking() {
        return "status = 1, owner = ?";
    }

    @Override
    List<Object> markingParameters(Dispatch dispatch) {
        return List.of(dispatch.owner());
    }

    @Override
    String skippingLocked() {
        return "";
    }

    @Override
    void write(Changes changes, Writes writes) {
        for (Changes.TimerName timer : changes.timersCancelled()) {
            session.update(
                    "cancel timers",
                    "delete from @timers where key = ? and name = ?",
                    timer.key().toString(),
                    timer.name());
        }
        writes.timers(changes.timersSet(), TIMERS, key -> 0);
        var told = new ArrayList<Object[]>(changes.told().size());
        changes.told().forEach(each -> told.add(new Object[] {each.to().toString(), forms.envelope(each)}));
        session.insert(TOLD, told);
        finishing = changes.finished();
        erasing = !changes.erased().isEmpty();
    }

    @Override
    void putOff(String key, String name) {
        List<Object[]> never = List.<Object[]>of(new Object[] {key, name, Long.MAX_VALUE});
        session.insert(TIMERS, never);
    }

    @Override
    void end(boolean commit) {
        database.end(session, commit);
        if (commit) {
            taken.forEach(row -> database.sending(Changes.Attempt.of(row), leaseNanos));
            database.finished(finishing);
            if (erasing) {
                database.hasErased();
            }
        }
    }

    @Override
    void beginAgain() {
        database.beginImmediate(session);
    }

    @Override
    void endAgain(boolean commit) {
        database.end(session, commit);
    }

    @Override
    void release() {
        database.releaseWriter();
    }

    /** What could not be read of the rows up to the last one is no longer among them. */
    private List<Envelope> takeQueue(String table, int limit) {
        requireOpen();
        var envelopes = new ArrayList<Envelope>();
        List<Found> found;
        int read;
        do {
            found = session.query(
                    "look for inputs",
                    "select id, body from @" + table + " where unread = 0 order by id limit ?",
                    row -> new Found(row.getLong(1), row.getBytes(2)),
                    limit - envelopes.size());
            Map<Object, Envelope> readable = read(table, found, forms::envelope);
            read = readable.size();
            if (read > 0) {
                session.update(
                        "take inputs",
                        "delete from @" + table + " where unread = 0 and id <= ?",
                        found.get(found.size() - 1).id());
            }
            envelopes.addAll(readable.values());
        } while (read < found.size());
        envelopes.forEach(envelope -> claimed.add(envelope.to()));
        return envelopes;
    }
}

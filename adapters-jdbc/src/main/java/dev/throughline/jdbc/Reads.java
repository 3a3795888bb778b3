// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Definition;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Queue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what has committed. */
final class Reads {

    private Reads() {}

    static Optional<Object> state(Session session, Forms forms, Key key) {
        return session.first(
                "read a state",
                "select body from @states where key = ?",
                row -> forms.state(key, row.getBytes(1)),
                key.toString());
    }

    static List<Entry> entries(Session session, Forms forms, Entry.Log log, String subject) {
        return session.query(
                "read a log",
                "select subject, id, at, body from @" + Writes.table(log) + " where subject = ? order by at, id",
                entry(forms, log),
                subject);
    }

    static void scan(Session session, Forms forms, Entry.Log log, Consumer<Entry> each) {
        session.each(
                "read a log",
                "select subject, id, at, body from @" + Writes.table(log) + " order by at, id",
                entry(forms, log),
                each);
    }

    static List<Entry> older(
            Session session, Forms forms, Entry.Log log, Instant before, @Nullable LinePlace after, int limit) {
        LinePlace from = after == null ? new LinePlace("", Instant.EPOCH, "") : after;
        return session.query(
                "read old lines",
                "select subject, id, at, body from @" + Writes.table(log)
                        + " where (subject, at, id) > (?, ?, ?) and at < ? order by subject, at, id limit ?",
                entry(forms, log),
                from.subject(),
                Nanos.of(from.at()),
                from.id(),
                Nanos.of(before),
                limit);
    }

    static List<Key> keys(Session session, Key.Kind kind, @Nullable Key after, int limit) {
        return session.query(
                "read keys",
                "select key from @states where key > ? and key < ? order by key limit ?",
                row -> Key.parse(row.getString(1)),
                after == null ? kind + "/" : after.toString(),
                kind + "0",
                limit);
    }

    static List<Key> members(Session session, String set, @Nullable Key after, int limit) {
        return session.query(
                "read a set",
                "select key from @members where name = ? and key > ? order by key limit ?",
                row -> Key.parse(row.getString(1)),
                set,
                after == null ? "" : after.toString(),
                limit);
    }

    static List<Definition> definitions(Session session) {
        return session.query(
                "read definitions",
                "select kind, name, version, json, at, who from @definitions order by at, kind, name, version",
                row -> new Definition(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Nanos.instant(row.getLong(5)),
                        row.getString(6)));
    }

    static Optional<Key> route(Session session, String reference) {
        return session.first(
                "look up a reference",
                "select key from @routes where reference = ?",
                row -> Key.parse(row.getString(1)),
                reference);
    }

    static Optional<Instant> nextDue(Session session) {
        return session.first(
                "look for the next timer",
                "select due from @timers order by due limit 1",
                row -> Nanos.instant(row.getLong(1)));
    }

    static Map<String, String> settings(Session session) {
        var settings = new TreeMap<String, String>();
        session.each(
                "read settings",
                "select name, value from @settings",
                row -> settings.put(row.getString(1), row.getString(2)) == null,
                added -> {});
        return Collections.unmodifiableMap(settings);
    }

    static List<DeadLetter> deadLetters(Session session, Forms forms, long after, int limit) {
        return session.query(
                "read dead letters",
                "select id, at, error, body from @dead_letters where id > ? order by id limit ?",
                deadLetter(forms),
                after,
                limit);
    }

    /** Of the columns id, at, error and body. */
    static Row<DeadLetter> deadLetter(Forms forms) {
        return row -> new DeadLetter(
                row.getLong(1), forms.envelope(row.getBytes(4)), row.getString(3), Nanos.instant(row.getLong(2)));
    }

    static Map<String, Long> backlog(Session session) {
        var backlog = new TreeMap<String, Long>();
        session.each(
                "count what waits",
                "select 'outbox', count(*) from @outbox where status = 0"
                        + " union all select 'sending', count(*) from @outbox where status = 1"
                        + " union all select 'inbox', count(*) from @inbox where unread = 0"
                        + " union all select 'told', count(*) from @told where unread = 0"
                        + " union all select 'timers', count(*) from @timers"
                        + " union all select 'dead', (select count(*) from @dead_letters)"
                        + " + (select count(*) from @outbox where status = 2)"
                        + " + (select count(*) from @inbox where unread = 1)"
                        + " + (select count(*) from @told where unread = 1)",
                row -> backlog.put(row.getString(1), row.getLong(2)) == null,
                added -> {});
        return Collections.unmodifiableMap(backlog);
    }

    /** Read from the index alone: the rows hold messages. */
    static List<Queue> queues(Session session) {
        return session.query(
                "look at the outbox",
                "select channel, urgent, count(*), min(since) from @outbox where status = 0"
                        + " group by channel, urgent order by channel, urgent desc",
                row -> new Queue(row.getString(1), row.getInt(2) == 1, row.getLong(3), Nanos.instant(row.getLong(4))));
    }

    private static Row<Entry> entry(Forms forms, Entry.Log log) {
        return row -> new Entry(
                log,
                row.getString(1),
                row.getString(2),
                Nanos.instant(row.getLong(3)),
                forms.line(log, row.getBytes(4)));
    }
}

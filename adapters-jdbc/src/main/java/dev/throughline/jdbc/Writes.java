// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Definition;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Writes the changes of one unit, set by set. Rows that units of other keys may write too come in the order of their names, so that
 * two units do not wait for each other in a circle.
 */
final class Writes {

    private static final Comparator<Object[]> BY_NAME = Comparator.comparing(row -> (String) row[0]);

    private static final Insert STATES = Insert.into(
            "states", "on conflict (key) do update set body = excluded.body", Insert.text("key"), Insert.bytes("body"));
    private static final Insert OUTBOX = Insert.into(
            "outbox",
            "on conflict (id) do nothing",
            Insert.text("id"),
            Insert.number("attempt"),
            Insert.number("status"),
            Insert.number("urgent"),
            Insert.text("channel"),
            Insert.text("class"),
            Insert.text("sender"),
            Insert.text("campaign"),
            Insert.text("contact_point"),
            Insert.text("customer"),
            Insert.number("since"),
            Insert.number("send_before"),
            Insert.bytes("body"));
    private static final Insert ROUTES = Insert.into(
            "routes",
            "on conflict (reference) do update set key = excluded.key",
            Insert.text("reference"),
            Insert.text("key"));
    private static final Insert DEAD_LETTERS =
            Insert.into("dead_letters", "", Insert.number("at"), Insert.text("error"), Insert.bytes("body"));
    static final Insert SETTINGS = Insert.into(
            "settings",
            "on conflict (name) do update set value = excluded.value",
            Insert.text("name"),
            Insert.text("value"));

    /** A copy of a copy is as old as that. */
    static final Insert COPIED =
            Insert.into("settings", "on conflict (name) do nothing", Insert.text("name"), Insert.text("value"));

    private static final Insert MEMBERS =
            Insert.into("members", "on conflict (name, key) do nothing", Insert.text("name"), Insert.text("key"));
    private static final Insert DEFINITIONS = Insert.into(
            "definitions",
            "on conflict (kind, name, version) do nothing",
            Insert.text("kind"),
            Insert.text("name"),
            Insert.text("version"),
            Insert.text("json"),
            Insert.number("at"),
            Insert.text("who"));

    private final Session session;
    private final Forms forms;

    Writes(Session session, Forms forms) {
        this.session = session;
        this.forms = forms;
    }

    void states(List<Changes.State> states) {
        var rows = new ArrayList<Object[]>(states.size());
        states.forEach(changed ->
                rows.add(new Object[] {changed.key().toString(), forms.state(changed.key(), changed.state())}));
        session.insert(STATES, rows);
    }

    /** Before anything else is written. */
    void erased(List<Changes.Erased> erased) {
        for (Changes.Erased each : erased) {
            String key = each.key().toString();
            if (each.state()) {
                erase("states", "key = ?", key);
            }
            erase("timers", "key = ?", key);
            erase("outbox", "contact_point = ? or customer = ?", key, key);
            erase("told", "key = ?", key);
            erase("inbox", "key = ? or owner = ?", key, key);
            erase("routes", "key = ?", key);
            if (each.isSubject()) {
                for (Entry.Log log : Entry.Log.values()) {
                    erase(table(log), "subject = ?", each.key().id());
                }
            }
        }
    }

    private void erase(String table, String where, Object... parameters) {
        session.update("erase from " + table, "delete from @" + table + " where " + where, parameters);
    }

    /** Sets timers; those of a sharded store bear their shard as the last column. */
    void timers(List<Timer> timers, Insert insert, ToIntFunction<Key> shard) {
        var last = new LinkedHashMap<Changes.TimerName, Object[]>();
        for (Timer timer : timers) {
            String key = timer.key().toString();
            long due = Nanos.of(timer.due());
            last.put(
                    new Changes.TimerName(timer.key(), timer.name()),
                    insert.columns().size() == 3
                            ? new Object[] {key, timer.name(), due}
                            : new Object[] {key, timer.name(), due, (long) shard.applyAsInt(timer.key())});
        }
        session.insert(insert, new ArrayList<>(last.values()));
    }

    /** The news of an earlier attempt leave the row of a later one where it is. */
    void finished(List<Changes.Attempt> attempts) {
        if (!attempts.isEmpty()) {
            var ids = new ArrayList<MessageId>(attempts.size());
            var numbered = new ArrayList<String>(attempts.size());
            attempts.forEach(each -> {
                ids.add(each.message());
                numbered.add(each.message() + "/" + each.attempt());
            });
            session.update(
                    "finish messages",
                    "delete from @outbox where " + session.among("id") + " and "
                            + session.among("(id || '/' || attempt)"),
                    session.texts(texts(ids)),
                    session.texts(numbered));
        }
    }

    void outbox(List<Outgoing> outgoing) {
        var rows = new ArrayList<Object[]>(outgoing.size());
        for (Outgoing row : outgoing) {
            rows.add(new Object[] {
                row.message().id().value(),
                (long) row.message().attempt(),
                0L,
                row.urgent() ? 1L : 0L,
                row.channel().name(),
                row.message().messageClass().name(),
                row.message().from().value(),
                row.campaign(),
                row.contactPoint().toString(),
                row.customer().toString(),
                Nanos.of(row.since()),
                Nanos.of(row.sendBefore()),
                Outgoing.CODEC.encode(row)
            });
        }
        rows.sort(BY_NAME);
        session.insert(OUTBOX, rows);
    }

    void entries(List<Entry> entries) {
        for (Entry.Log log : Entry.Log.values()) {
            var rows = new ArrayList<Object[]>();
            for (Entry entry : entries) {
                if (entry.log() == log) {
                    rows.add(new Object[] {
                        entry.id(),
                        entry.subject(),
                        Nanos.of(entry.at()),
                        forms.codecs.payloads().encode(entry.body())
                    });
                }
            }
            rows.sort(BY_NAME);
            session.insert(log(log), rows);
        }
    }

    void pruned(Map<Entry.Log, List<LinePlace>> lines) {
        lines.forEach((log, places) -> {
            if (!places.isEmpty()) {
                session.update(
                        "remove old lines",
                        "delete from @" + table(log) + " where " + session.among("id"),
                        session.texts(places.stream().map(LinePlace::id).toList()));
            }
        });
    }

    void routes(Map<String, Key> routes) {
        var rows = new ArrayList<Object[]>(routes.size());
        routes.forEach((reference, key) -> rows.add(new Object[] {reference, key.toString()}));
        rows.sort(BY_NAME);
        session.insert(ROUTES, rows);
    }

    void deadLetters(Changes changes) {
        var rows = new ArrayList<Object[]>(changes.deadLetters().size());
        changes.deadLetters()
                .forEach(letter -> rows.add(
                        new Object[] {Nanos.of(letter.at()), letter.error(), forms.envelope(letter.envelope())}));
        session.insert(DEAD_LETTERS, rows);
    }

    void settings(Map<String, String> settings) {
        var removed = new ArrayList<String>();
        var rows = new ArrayList<Object[]>(settings.size());
        settings.forEach((name, value) -> {
            if (value.isEmpty()) {
                removed.add(name);
            } else {
                rows.add(new Object[] {name, value});
            }
        });
        if (!removed.isEmpty()) {
            session.update(
                    "remove settings", "delete from @settings where " + session.among("name"), session.texts(removed));
        }
        rows.sort(BY_NAME);
        session.insert(SETTINGS, rows);
    }

    /** A key's rows are written only by whoever has the key. */
    void members(Map<Changes.Member, Boolean> members) {
        var entered = new ArrayList<Object[]>();
        members.forEach((member, in) -> {
            String key = member.key().toString();
            if (in) {
                entered.add(new Object[] {member.set(), key});
            } else {
                session.update("leave a set", "delete from @members where name = ? and key = ?", member.set(), key);
            }
        });
        session.insert(MEMBERS, entered);
    }

    void definitions(List<Definition> definitions) {
        var rows = new ArrayList<Object[]>(definitions.size());
        definitions.forEach(each -> rows.add(
                new Object[] {each.kind(), each.name(), each.version(), each.json(), Nanos.of(each.at()), each.who()}));
        rows.sort(BY_NAME.thenComparing(row -> (String) row[1]).thenComparing(row -> (String) row[2]));
        session.insert(DEFINITIONS, rows);
    }

    static String table(Entry.Log log) {
        return log.name().toLowerCase(Locale.ROOT);
    }

    static List<String> texts(Iterable<?> values) {
        var texts = new ArrayList<String>();
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }

    private static Insert log(Entry.Log log) {
        return Insert.into(
                table(log),
                "on conflict (id) do nothing",
                Insert.text("id"),
                Insert.text("subject"),
                Insert.number("at"),
                Insert.bytes("body"));
    }
}

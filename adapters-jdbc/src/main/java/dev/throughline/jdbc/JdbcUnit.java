// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Exclusion;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import dev.throughline.store.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both databases do alike within one transaction. */
abstract class JdbcUnit<S extends Session> implements Unit {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcUnit.class);

    /** Of the columns id and body. */
    static final Row<Found> MESSAGE = row -> new Found(row.getString(1), row.getBytes(2));

    private static final Comparator<Outgoing> BY_ID =
            Comparator.comparing(row -> row.message().id());
    private static final Comparator<Outgoing> SENDING_ORDER =
            Comparator.comparing((Outgoing row) -> !row.urgent()).thenComparing(BY_ID);

    private static final Map<Exclusion.By, String> COLUMNS = new TreeMap<>(Map.of(
            Exclusion.By.CLASS, "class",
            Exclusion.By.CHANNEL, "channel",
            Exclusion.By.SENDER, "sender",
            Exclusion.By.CAMPAIGN, "campaign"));

    final S session;
    final Forms forms;
    final Set<Key> claimed = new HashSet<>();
    private final List<Unread> unread = new ArrayList<>();
    private final List<Keyless> keyless = new ArrayList<>();
    private boolean committed;
    private boolean closed;

    /** The body of a row, and by what the row is found. */
    record Found(Object id, byte[] body) {}

    private record Unread(String table, Object id) {}

    private record Keyless(String key, String name) {}

    JdbcUnit(S session, Forms forms) {
        this.session = session;
        this.forms = forms;
    }

    /** The assignments that mark a row as being sent; the owner is the first parameter, the lease's microseconds the second, if any. */
    abstract String marking();

    abstract List<Object> markingParameters(Dispatch dispatch);

    /** How a candidate is locked without waiting; empty where there is one writer. */
    abstract String skippingLocked();

    abstract void write(Changes changes, Writes writes);

    /** Has a timer wait for ever, whether or not this unit has taken it. */
    abstract void putOff(String key, String name);

    /** Ends the transaction. */
    abstract void end(boolean commit);

    /** Begins another transaction behind one that was given up. */
    abstract void beginAgain();

    /** Ends that one. */
    abstract void endAgain(boolean commit);

    /** Gives the connection back. */
    abstract void release();

    @Override
    public List<@Nullable Object> load(List<Key> keys) {
        requireOpen();
        var places = new HashMap<String, Integer>(keys.size() * 2);
        for (int place = 0; place < keys.size(); place++) {
            requireClaimed(keys.get(place));
            places.put(keys.get(place).toString(), place);
        }
        var states = new ArrayList<@Nullable Object>(Collections.nCopies(keys.size(), null));
        if (!keys.isEmpty()) {
            session.each(
                    "load states",
                    "select key, body from @states where " + session.among("key"),
                    row -> {
                        int place = Objects.requireNonNull(places.get(row.getString(1)));
                        return states.set(place, state(keys.get(place), row.getBytes(2))) == null;
                    },
                    found -> {},
                    session.texts(places.keySet()));
        }
        return states;
    }

    private Object state(Key key, byte[] body) {
        try {
            return forms.state(key, body);
        } catch (StoreException unreadable) {
            forms.settings(session); // a host that is too old for the tables is not to judge what is in them
            return new Unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public Map<Key, Object> peek(Collection<Key> keys) {
        requireOpen();
        var found = new HashMap<Key, Object>();
        if (!keys.isEmpty()) {
            session.each(
                    "look at states",
                    "select key, body from @states where " + session.among("key"),
                    row -> {
                        Key key = Key.parse(row.getString(1));
                        return found.put(key, state(key, row.getBytes(2))) == null;
                    },
                    each -> {},
                    session.texts(Writes.texts(keys)));
        }
        return found;
    }

    @Override
    public Set<String> seen(Collection<String> touchpoints, Instant since) {
        requireOpen();
        if (touchpoints.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(session.query(
                "look for touchpoints",
                "select id from @" + Writes.table(Entry.Log.TIMELINE) + " where " + session.among("id")
                        + " and at >= ?",
                row -> row.getString(1),
                session.texts(touchpoints),
                Nanos.of(since)));
    }

    @Override
    public Optional<DeadLetter> takeDeadLetter(long id) {
        requireOpen();
        return session
                .query(
                        "take a dead letter",
                        "delete from @dead_letters where id = ? returning id, at, error, body",
                        Reads.deadLetter(forms),
                        id)
                .stream()
                .findFirst();
    }

    @Override
    public Set<MessageId> withdraw(Collection<MessageId> messages) {
        requireOpen();
        if (messages.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(session.query(
                "withdraw messages",
                "delete from @outbox where " + session.among("id") + " and status = 0 returning id",
                row -> new MessageId(row.getString(1)),
                session.texts(Writes.texts(messages))));
    }

    @Override
    public List<Outgoing> stale(Instant now, List<Exclusion> exclusions, int limit) {
        requireOpen();
        String meant = "send_before <= ?";
        var parameters = new ArrayList<Object>(List.of(Nanos.of(now)));
        if (everything(exclusions)) {
            meant += " or true";
        } else if (!exclusions.isEmpty()) {
            for (Exclusion.By by : COLUMNS.keySet()) {
                meant += " or " + session.among(COLUMNS.get(by));
                parameters.add(session.texts(values(exclusions, by)));
            }
        }
        parameters.add(limit);
        String sql = "select id, body from @outbox where status = 0 and (" + meant + ") order by id limit ?";
        return outgoing(() -> session.query("look for stale messages", sql, MESSAGE, parameters.toArray()));
    }

    @Override
    public List<Outgoing> take(Dispatch dispatch) {
        requireOpen();
        var taken = new ArrayList<Outgoing>();
        if (!everything(dispatch.exclusions())) {
            dispatch.slots().forEach((channel, slots) -> {
                if (slots > 0) {
                    taken.addAll(take(dispatch, channel, slots));
                }
            });
        }
        taken.sort(SENDING_ORDER);
        return taken;
    }

    @Override
    public Map<String, String> settings() {
        requireOpen();
        return forms.settings(session);
    }

    @Override
    public List<Entry> entries(Entry.Log log, String subject) {
        requireOpen();
        return Reads.entries(session, forms, log, subject);
    }

    @Override
    public void commit(Changes changes) {
        requireOpen();
        changes.states().forEach(state -> requireClaimed(state.key()));
        var writes = new Writes(session, forms);
        changes.erased().forEach(each -> requireClaimed(each.key()));
        writes.erased(changes.erased());
        writes.states(changes.states());
        write(changes, writes);
        writes.finished(changes.finished());
        writes.outbox(changes.enqueued());
        writes.pruned(changes.pruned());
        writes.entries(changes.entries());
        writes.routes(changes.routes());
        writes.deadLetters(changes);
        writes.settings(changes.settings());
        writes.members(changes.members());
        writes.definitions(changes.definitions());
        end(true);
        committed = true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!committed) {
                end(false);
                setAsideAgain();
            }
        } finally {
            release();
        }
    }

    final void requireOpen() {
        if (committed || closed) {
            throw new IllegalStateException("the unit has ended: expected a new one");
        }
    }

    final void requireFirst(boolean wait) {
        if (wait && !claimed.isEmpty()) {
            throw new IllegalStateException(
                    "the unit has " + claimed.size() + " keys: expected it to wait only for its first claim");
        }
    }

    private void requireClaimed(Key key) {
        if (!claimed.contains(key)) {
            throw new IllegalStateException("a " + key.kind() + " is not this unit's: expected it to be claimed first");
        }
    }

    /** What a look at the outbox finds. */
    final List<Outgoing> outgoing(Supplier<List<Found>> look) {
        while (true) {
            List<Found> found = look.get();
            Map<Object, Outgoing> read = read("outbox", found, forms::outgoing);
            if (read.size() == found.size()) {
                return List.copyOf(read.values());
            }
        }
    }

    /** By what the rows are found, those that can be read; the others are set aside, so that they stop nobody. */
    final <T> Map<Object, T> read(String table, List<Found> rows, Function<byte[], T> form) {
        var read = new LinkedHashMap<Object, T>(rows.size() * 2);
        for (Found row : rows) {
            try {
                read.put(row.id, form.apply(row.body));
            } catch (RuntimeException unreadable) {
                forms.settings(session); // a host that is too old for the tables is not to judge what is in them
                var each = new Unread(table, row.id);
                setAside(each);
                unread.add(each);
                LOG.warn(
                        "{}: a row of {} cannot be read and is set aside; JdbcStore.check names its place",
                        session.where,
                        table);
            }
        }
        return read;
    }

    private void setAside(Unread row) {
        session.update(
                "set a row aside",
                "update @" + row.table + " set " + (row.table.equals("outbox") ? "status = 2" : "unread = 1")
                        + " where id = ?",
                row.id);
    }

    /** Whether a timer is under a key; one that is not is put off, so that it stops nobody. */
    final boolean isKeyed(String key, String name) {
        try {
            Key.parse(key);
            return true;
        } catch (ThroughlineException none) {
            forms.settings(session); // nor is such a host to judge what is a key
            putOff(key, name);
            keyless.add(new Keyless(key, name));
            LOG.warn(
                    "{}: a timer is under a key that is none, and never fires; JdbcStore.check names it",
                    session.where);
            return false;
        }
    }

    /** Whoever only looks gives the unit up, and what nobody could read would be met again and again. */
    private void setAsideAgain() {
        if (unread.isEmpty() && keyless.isEmpty()) {
            return;
        }
        beginAgain();
        boolean done = false;
        try {
            unread.forEach(this::setAside);
            keyless.forEach(timer -> putOff(timer.key, timer.name));
            done = true;
        } finally {
            endAgain(done);
        }
    }

    private List<Outgoing> take(Dispatch dispatch, String channel, int slots) {
        var taken = new ArrayList<Outgoing>();
        List<Found> found;
        int read;
        do {
            found = candidates(dispatch, channel, slots - taken.size());
            Map<Object, Outgoing> readable = read("outbox", found, forms::outgoing);
            read = readable.size();
            taken.addAll(readable.values());
        } while (read < found.size());
        return taken;
    }

    private List<Found> candidates(Dispatch dispatch, String channel, int slots) {
        List<Exclusion> exclusions = dispatch.exclusions();
        var parameters = new ArrayList<Object>(List.of(channel, Nanos.of(dispatch.now())));
        String held = "";
        if (!exclusions.isEmpty()) {
            for (Exclusion.By by : COLUMNS.keySet()) {
                held += " and " + session.notAmong("o." + COLUMNS.get(by));
                parameters.add(session.texts(values(exclusions, by)));
            }
        }
        parameters.add(slots);
        parameters.addAll(markingParameters(dispatch));
        return session.query(
                "take messages",
                "with next as materialized (select o.id from @outbox o"
                        + " where o.status = 0 and o.channel = ? and o.send_before > ?" + held
                        + " and not exists (select 1 from @inbox i where i.owner = o.customer)"
                        + " and not exists (select 1 from @told t where t.key = o.contact_point)"
                        + " and not exists (select 1 from @told t where t.key = o.customer)"
                        + " order by o.urgent desc, o.id limit ?" + skippingLocked() + ")"
                        + " update @outbox set " + marking() + " from next where @outbox.id = next.id"
                        + " returning @outbox.id, body",
                MESSAGE,
                parameters.toArray());
    }

    private static boolean everything(List<Exclusion> exclusions) {
        return exclusions.stream().anyMatch(exclusion -> exclusion.by() == Exclusion.By.EVERYTHING);
    }

    private static List<String> values(List<Exclusion> exclusions, Exclusion.By by) {
        return exclusions.stream()
                .filter(exclusion -> exclusion.by() == by)
                .map(Exclusion::value)
                .toList();
    }
}

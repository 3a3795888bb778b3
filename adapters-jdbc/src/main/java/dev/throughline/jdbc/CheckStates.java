// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.jdbc.Damage.Kind;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Outstanding;
import dev.throughline.store.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds what states say of their waits and messages against timers and outbox, some at a time: an aggregate is the truth about
 * its waits.
 */
final class CheckStates {

    private static final int AT_ONCE = 500;

    /** A timer of a message that has ended, or is looked up, may be left for so long; when it is due it is a no-op or asks once more. */
    private static final Duration LEFT = Duration.ofDays(1);

    private final Session session;
    private final Forms forms;
    private final Instant now;
    private final Check.Telling damage;

    CheckStates(Session session, Forms forms, Instant now, Check.Telling damage) {
        this.session = session;
        this.forms = forms;
        this.now = now;
        this.damage = damage;
    }

    private record Body(long place, String key, byte[] bytes) {}

    private record Seen(long place, Key key, Outstanding outstanding) {

        /** No address: by whose it is, which a repair takes. */
        String name() {
            if (key.kind() == Key.Kind.CUSTOMER) {
                return "customer " + key.id();
            }
            return "a " + Check.lower(key.kind())
                    + outstanding.customers().stream()
                            .map(customer -> " of customer " + customer)
                            .collect(Collectors.joining(" and"));
        }
    }

    private record Waiting(String name, long due) {}

    void run() {
        states();
        outbox();
    }

    private void states() {
        var batch = new ArrayList<Seen>();
        var place = new long[1];
        session.each(
                "check states",
                "select key, body from @states order by key",
                row -> new Body(++place[0], row.getString(1), row.getBytes(2)),
                body -> {
                    Seen seen = seen(body);
                    if (seen != null) {
                        batch.add(seen);
                    }
                    if (batch.size() == AT_ONCE) {
                        checked(batch);
                    }
                });
        checked(batch);
    }

    private @Nullable Seen seen(Body body) {
        Key key;
        try {
            key = Key.parse(body.key);
        } catch (ThroughlineException unreadable) {
            damage.tell(Kind.BODY, "states", body.place, "its key is none");
            return null;
        }
        Outstanding outstanding = outstanding(key, body.bytes);
        if (outstanding == null) {
            damage.tell(
                    Kind.BODY,
                    "states",
                    body.place,
                    "the state of a " + Check.lower(key.kind()) + " cannot be decoded");
            return null;
        }
        return new Seen(body.place, key, outstanding);
    }

    /** {@code null} if the state cannot be read. */
    private @Nullable Outstanding outstanding(Key key, byte[] body) {
        try {
            return forms.codecs.witness().of(key, forms.state(key, body), now);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private void checked(List<Seen> batch) {
        var keys = batch.stream().map(seen -> seen.key.toString()).toList();
        Map<String, List<Waiting>> timers = timers(keys);
        for (Seen seen : batch) {
            waits(seen, timers.getOrDefault(seen.key.toString(), List.of()));
        }
        messages(batch);
        batch.clear();
    }

    private Map<String, List<Waiting>> timers(List<String> keys) {
        var timers = new HashMap<String, List<Waiting>>();
        session.each(
                "check timers",
                "select key, name, due from @timers where " + session.among("key"),
                row -> Map.entry(row.getString(1), new Waiting(row.getString(2), row.getLong(3))),
                timer -> timers.computeIfAbsent(timer.getKey(), key -> new ArrayList<>())
                        .add(timer.getValue()),
                session.texts(keys));
        return timers;
    }

    private void waits(Seen seen, List<Waiting> timers) {
        var names = new HashSet<String>();
        timers.forEach(timer -> names.add(timer.name));
        var known = new HashSet<String>();
        for (Outstanding.Wait wait : seen.outstanding.waits()) {
            known.add(wait.timer());
            known.add(wait.or());
            if (!names.contains(wait.timer()) && !names.contains(wait.or())) {
                damage.tell(
                        Kind.WAIT_WITHOUT_TIMER,
                        "states",
                        seen.place,
                        seen.name() + " waits for timer '" + wait.timer() + "'");
            }
        }
        if (forms.codecs.witness() != Witness.NONE) {
            timers.stream()
                    .filter(timer -> !known.contains(timer.name) && timer.due > Nanos.of(now.plus(LEFT)))
                    .forEach(timer -> damage.tell(
                            Kind.TIMER_WITHOUT_WAIT,
                            "timers",
                            place(seen.key, timer),
                            seen.name() + " does not wait for '" + timer.name + "'"));
        }
    }

    private long place(Key key, Waiting timer) {
        return session.query(
                        "find a timer",
                        "select count(*) from @timers where key < ? or (key = ? and name <= ?)",
                        row -> row.getLong(1),
                        key.toString(),
                        key.toString(),
                        timer.name)
                .get(0);
    }

    private void messages(List<Seen> batch) {
        var ids = new ArrayList<String>();
        batch.forEach(seen -> seen.outstanding.messages().forEach(message -> ids.add(message.value())));
        Set<String> rows = ids.isEmpty()
                ? Set.of()
                : new HashSet<>(session.query(
                        "check the outbox",
                        "select id from @outbox where " + session.among("id"),
                        row -> row.getString(1),
                        session.texts(ids)));
        for (Seen seen : batch) {
            for (MessageId message : seen.outstanding.messages()) {
                if (!rows.contains(message.value())) {
                    damage.tell(
                            Kind.MESSAGE_WITHOUT_ROW,
                            "states",
                            seen.place,
                            seen.name() + " has sent message " + message + " to the outbox, where it is not");
                }
            }
        }
    }

    private void outbox() {
        var batch = new ArrayList<Body>();
        var place = new long[1];
        session.each(
                "check the outbox",
                "select contact_point, body from @outbox order by id",
                row -> new Body(++place[0], row.getString(1), row.getBytes(2)),
                row -> {
                    batch.add(row);
                    if (batch.size() == AT_ONCE) {
                        rows(batch);
                    }
                });
        rows(batch);
    }

    private void rows(List<Body> batch) {
        var known = new HashMap<String, @Nullable Outstanding>();
        session.each(
                "check contact points",
                "select key, body from @states where " + session.among("key"),
                row -> new Body(0, row.getString(1), row.getBytes(2)),
                body -> known.put(body.key, outstanding(Key.parse(body.key), body.bytes)),
                session.texts(batch.stream().map(Body::key).distinct().toList()));
        for (Body row : batch) {
            row(row, known);
        }
        batch.clear();
    }

    private void row(Body row, Map<String, @Nullable Outstanding> known) {
        Outgoing outgoing;
        try {
            outgoing = forms.outgoing(row.bytes);
        } catch (RuntimeException unreadable) {
            damage.tell(Kind.BODY, "outbox", row.place, "its body cannot be decoded");
            return;
        }
        Outstanding outstanding = known.get(row.key);
        if (!known.containsKey(row.key)) {
            damage.tell(Kind.ROW_WITHOUT_STATE, "outbox", row.place, "its contact point has no state");
        } else if (outstanding != null
                && forms.codecs.witness() != Witness.NONE
                && !outstanding.messages().contains(outgoing.message().id())) {
            damage.tell(
                    Kind.ROW_WITHOUT_MESSAGE,
                    "outbox",
                    row.place,
                    "its contact point knows nothing of message "
                            + outgoing.message().id());
        }
    }
}

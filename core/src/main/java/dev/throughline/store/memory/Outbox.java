// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Queue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows that wait, by channel in the order of sending, and those that are being sent. */
final class Outbox {

    static final Comparator<Outgoing> BY_ID =
            Comparator.comparing(row -> row.message().id());

    private static final Comparator<Outgoing> SENDING_ORDER =
            Comparator.comparing((Outgoing row) -> !row.urgent()).thenComparing(BY_ID);
    private static final Comparator<Outgoing> BY_END =
            Comparator.comparing(Outgoing::sendBefore).thenComparing(BY_ID);

    private final Map<MessageId, Outgoing> waiting = new HashMap<>();
    private final Map<MessageId, Outgoing> sending = new HashMap<>();
    private final NavigableMap<String, TreeSet<Outgoing>> byChannel = new TreeMap<>();
    private final Queues queues = new Queues();
    private final TreeSet<Outgoing> byEnd = new TreeSet<>(BY_END);

    int sending() {
        return sending.size();
    }

    List<Queue> queues() {
        return queues.all();
    }

    void add(Outgoing row) {
        if (isNew(row)) {
            queues.add(row);
        }
    }

    /** Undoes a {@link #withdraw}. */
    void putBack(Outgoing row) {
        if (isNew(row)) {
            queues.putBack(row);
        }
    }

    /** Whether the row has come to those that wait. */
    private boolean isNew(Outgoing row) {
        MessageId id = row.message().id();
        if (sending.containsKey(id) || waiting.putIfAbsent(id, row) != null) {
            return false;
        }
        byChannel
                .computeIfAbsent(row.channel().name(), name -> new TreeSet<>(SENDING_ORDER))
                .add(row);
        byEnd.add(row);
        return true;
    }

    @Nullable
    Outgoing withdraw(MessageId id) {
        Outgoing row = waiting.remove(id);
        if (row != null) {
            byEnd.remove(row);
            queues.remove(row);
            TreeSet<Outgoing> channel = byChannel.get(row.channel().name());
            if (channel != null) {
                channel.remove(row);
            }
        }
        return row;
    }

    void finish(Changes.Attempt attempt) {
        MessageId id = attempt.message();
        if (isOf(attempt, sending.get(id))) {
            sending.remove(id);
        } else if (isOf(attempt, waiting.get(id))) {
            withdraw(id);
        }
    }

    /** Whoever is sending such a row finds it gone when it comes back. */
    void erase(Key key) {
        Predicate<Outgoing> bears =
                row -> row.contactPoint().equals(key) || row.customer().equals(key);
        waiting.values().stream()
                .filter(bears)
                .map(row -> row.message().id())
                .toList()
                .forEach(this::withdraw);
        sending.values().removeIf(bears);
    }

    private static boolean isOf(Changes.Attempt attempt, @Nullable Outgoing row) {
        return row != null && Changes.Attempt.of(row).equals(attempt);
    }

    /** Undoes a {@link #take}. */
    void release(Outgoing row) {
        sending.remove(row.message().id());
        putBack(row);
    }

    List<Outgoing> take(Dispatch dispatch, Predicate<Outgoing> held) {
        var taken = new ArrayList<Outgoing>();
        dispatch.slots().forEach((channel, slots) -> {
            TreeSet<Outgoing> rows = byChannel.get(channel);
            if (rows != null) {
                long end = (long) taken.size() + slots;
                for (var each = rows.iterator(); taken.size() < end && each.hasNext(); ) {
                    Outgoing row = each.next();
                    if (!stale(row, dispatch.now(), dispatch.exclusions()) && !held.test(row)) {
                        taken.add(row);
                    }
                }
            }
        });
        for (Outgoing row : taken) {
            withdraw(row.message().id());
            sending.put(row.message().id(), row);
        }
        taken.sort(SENDING_ORDER);
        return taken;
    }

    List<Outgoing> stale(Instant now, List<Exclusion> exclusions, int limit) {
        var found = new ArrayList<Outgoing>();
        for (Outgoing row : byEnd) {
            if (stale(row, now, exclusions)) {
                found.add(row);
            } else if (exclusions.isEmpty()) {
                break;
            }
        }
        found.sort(BY_ID);
        return found.size() <= limit ? found : new ArrayList<>(found.subList(0, limit));
    }

    private static boolean stale(Outgoing row, Instant now, List<Exclusion> exclusions) {
        if (!row.sendBefore().isAfter(now)) {
            return true;
        }
        for (Exclusion exclusion : exclusions) {
            if (exclusion.covers(row)) {
                return true;
            }
        }
        return false;
    }
}

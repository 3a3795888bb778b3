// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages that an address remembers, in the order of their ids. Immutable; one more is added at the cost of the square root of
 * their number, because a busy address remembers thousands: those that came last are kept apart until they are many.
 */
final class Remembered extends AbstractMap<MessageId, Closed> {

    static final Remembered NOTHING = new Remembered(new TreeMap<>(), new TreeMap<>());

    private static final int FEW = 16;

    private final SortedMap<MessageId, Closed> older;
    private final SortedMap<MessageId, Closed> latest;

    private Remembered(SortedMap<MessageId, Closed> older, SortedMap<MessageId, Closed> latest) {
        this.older = older;
        this.latest = latest;
    }

    static Remembered of(Iterable<Closed> messages) {
        var all = new TreeMap<MessageId, Closed>();
        messages.forEach(message -> all.put(message.message(), message));
        return new Remembered(all, new TreeMap<>());
    }

    /** With one more, or another in its place. */
    Remembered with(Closed message) {
        var more = new TreeMap<>(latest);
        more.put(message.message(), message);
        return more.size() <= FEW || (long) more.size() * more.size() <= older.size()
                ? new Remembered(older, more)
                : new Remembered(merged(more), new TreeMap<>());
    }

    /** Without some. */
    Remembered without(Predicate<Closed> forgotten) {
        return of(values().stream().filter(forgotten.negate()).toList());
    }

    @Override
    public @Nullable Closed get(@Nullable Object id) {
        Closed late = latest.get(id);
        return late != null ? late : older.get(id);
    }

    @Override
    public boolean containsKey(@Nullable Object id) {
        return get(id) != null;
    }

    @Override
    public boolean isEmpty() {
        return older.isEmpty() && latest.isEmpty();
    }

    @Override
    public Set<Map.Entry<MessageId, Closed>> entrySet() {
        return Collections.unmodifiableSortedMap(latest.isEmpty() ? older : merged(latest))
                .entrySet();
    }

    private SortedMap<MessageId, Closed> merged(SortedMap<MessageId, Closed> newer) {
        var all = new TreeMap<>(older);
        all.putAll(newer);
        return all;
    }
}

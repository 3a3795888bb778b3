// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages that an address remembers. Immutable; one more is added at the cost of the square root of their number, because a busy
 * address remembers thousands: those that came last are kept apart until they are many.
 */
final class Remembered extends AbstractCollection<Closed> {

    static final Remembered NOTHING = new Remembered(new Closed[0], new Closed[0]);

    private static final Comparator<Closed> BY_ID = Comparator.comparing(Closed::message);
    private static final int FEW = 16;

    /** Both in the order of ids; a message is in one of them. */
    private final Closed[] older;

    private final Closed[] latest;

    private Remembered(Closed[] older, Closed[] latest) {
        this.older = older;
        this.latest = latest;
    }

    static Remembered of(Collection<Closed> messages) {
        var all = messages.toArray(new Closed[0]);
        Arrays.sort(all, BY_ID);
        return new Remembered(all, new Closed[0]);
    }

    /** With one more, or another in its place. */
    Remembered with(Closed message) {
        int known = place(older, message.message());
        if (known >= 0) {
            return new Remembered(replaced(older, known, message), latest);
        }
        int place = place(latest, message.message());
        if (place >= 0) {
            return new Remembered(older, replaced(latest, place, message));
        }
        var more = inserted(latest, -place - 1, message);
        return more.length <= FEW || (long) more.length * more.length <= older.length
                ? new Remembered(older, more)
                : new Remembered(merged(older, more), new Closed[0]);
    }

    /** Without some. */
    Remembered without(Predicate<Closed> forgotten) {
        return of(stream().filter(forgotten.negate()).toList());
    }

    @Nullable
    Closed get(MessageId id) {
        int place = place(latest, id);
        if (place >= 0) {
            return latest[place];
        }
        place = place(older, id);
        return place >= 0 ? older[place] : null;
    }

    @Override
    public int size() {
        return older.length + latest.length;
    }

    /** In the order of ids. */
    @Override
    public Iterator<Closed> iterator() {
        return List.of(latest.length == 0 ? older : merged(older, latest)).iterator();
    }

    /** Where a message is, or would be as in {@link Arrays#binarySearch}. */
    private static int place(Closed[] messages, MessageId id) {
        int low = 0;
        int high = messages.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = messages[middle].message().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private static Closed[] replaced(Closed[] messages, int place, Closed message) {
        var same = messages.clone();
        same[place] = message;
        return same;
    }

    private static Closed[] inserted(Closed[] messages, int place, Closed message) {
        var more = Arrays.copyOf(messages, messages.length + 1);
        System.arraycopy(messages, place, more, place + 1, messages.length - place);
        more[place] = message;
        return more;
    }

    private static Closed[] merged(Closed[] one, Closed[] other) {
        var all = new ArrayList<Closed>(one.length + other.length);
        int next = 0;
        for (Closed message : one) {
            while (next < other.length && BY_ID.compare(other[next], message) < 0) {
                all.add(other[next++]);
            }
            all.add(message);
        }
        all.addAll(Arrays.asList(other).subList(next, other.length));
        return all.toArray(new Closed[0]);
    }
}

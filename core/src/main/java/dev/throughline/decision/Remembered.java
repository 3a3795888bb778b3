// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Key;
import java.util.AbstractCollection;
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

    private static final Closed[] NONE = {};

    static final Remembered NOTHING = new Remembered(NONE, NONE);

    private static final Comparator<Closed> BY_ID = (one, other) -> one.compareTo(other.high(), other.low());
    private static final int FEW = 16;

    /** Both in the order of ids; a message is in one of them. */
    private final Closed[] older;

    private final Closed[] latest;

    private Remembered(Closed[] older, Closed[] latest) {
        this.older = older;
        this.latest = latest;
    }

    static Remembered of(Collection<Closed> messages) {
        var all = messages.toArray(NONE);
        Arrays.sort(all, BY_ID);
        return new Remembered(all, NONE);
    }

    /** With one more, or another in its place. */
    Remembered with(Closed message) {
        int known = place(older, message.high(), message.low());
        if (known >= 0) {
            return new Remembered(replaced(older, known, message), latest);
        }
        int place = place(latest, message.high(), message.low());
        if (place >= 0) {
            return new Remembered(older, replaced(latest, place, message));
        }
        var more = inserted(latest, -place - 1, message);
        return more.length <= FEW || (long) more.length * more.length <= older.length
                ? new Remembered(older, more)
                : new Remembered(merged(older, more), NONE);
    }

    /** The same key, if it can be as it is kept already with an earlier message to the same customer. */
    Key shared(Key customer) {
        Closed[] some = latest.length == 0 ? older : latest;
        Key known = some.length == 0 ? null : some[0].customer();
        return known != null && known.equals(customer) ? known : customer;
    }

    /** Without some. */
    Remembered without(Predicate<Closed> forgotten) {
        return of(stream().filter(forgotten.negate()).toList());
    }

    @Nullable
    Closed get(MessageId id) {
        long high = Digits.high(id.value());
        long low = Digits.low(id.value());
        int place = place(latest, high, low);
        if (place >= 0) {
            return latest[place];
        }
        place = place(older, high, low);
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
    private static int place(Closed[] messages, long idHigh, long idLow) {
        int low = 0;
        int high = messages.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = messages[middle].compareTo(idHigh, idLow);
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

    /** From behind, a stretch of the many at a time: whatever lies between two of the few is copied as it is. */
    private static Closed[] merged(Closed[] many, Closed[] few) {
        var all = new Closed[many.length + few.length];
        int end = many.length;
        for (int i = few.length - 1; i >= 0; i--) {
            int place = -place(many, few[i].high(), few[i].low()) - 1;
            System.arraycopy(many, place, all, place + i + 1, end - place);
            all[place + i] = few[i];
            end = place;
        }
        System.arraycopy(many, 0, all, 0, end);
        return all;
    }
}

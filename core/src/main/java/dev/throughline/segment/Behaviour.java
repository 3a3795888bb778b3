// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What the windows of a host's conditions remember of one customer. Bounded: a counter keeps the last 100 instants, a sum keeps one
 * bucket a day (UTC) for 400 days. Immutable.
 */
public final class Behaviour {

    /** Remembers nothing. */
    public static final Behaviour NONE = new Behaviour(new String[0], new Series[0], new byte[0]);

    /** How it is stored. */
    public static final Codec<Behaviour> CODEC = Codec.of(
            (behaviour, out) -> {
                behaviour.series().forEach(series -> out.nested(1, Series.CODEC, series));
                out.raw(behaviour.unknown);
            },
            in -> {
                var series = in.each(1, Series.CODEC).toArray(new Series[0]);
                return new Behaviour(
                        Arrays.stream(series).map(Series::key).toArray(String[]::new), series, in.above(1));
            });

    static final int MOST_INSTANTS = 100;
    static final int MOST_DAYS = 400;
    private static final long DAY = 86_400;

    /** What counters have added, which is always one: shared by all of a length. */
    private static final long[][] ONES = new long[MOST_INSTANTS + 1][];

    static {
        for (int length = 0; length < ONES.length; length++) {
            ONES[length] = new long[length];
            Arrays.fill(ONES[length], 1);
        }
    }

    /** The keys of the series, beside them so that one is found without a look at the others. */
    private final String[] keys;

    private final Series[] series;
    private final byte[] unknown;

    private Behaviour(String[] keys, Series[] series, byte[] unknown) {
        this.keys = keys;
        this.series = series;
        this.unknown = unknown;
    }

    /**
     * What is remembered.
     *
     * @return the series, in the order in which they began
     */
    public List<Series> series() {
        return List.of(series);
    }

    /**
     * One series of places in time (seconds) and amounts, in the order of time.
     *
     * @param key the window's key
     * @param at when, in seconds since the epoch; for sums the day's first
     * @param amounts what was added there
     */
    public record Series(String key, long[] at, long[] amounts) {
        static final Codec<Series> CODEC = Codec.of(
                (series, out) -> {
                    out.string(1, series.key);
                    for (int i = 0; i < series.at.length; i++) {
                        out.number(2, series.at[i]);
                        out.number(3, series.amounts[i]);
                    }
                },
                in -> new Series(in.string(1), in.numbers(2), in.numbers(3)));

        long sum(long after, long upTo) {
            long sum = 0;
            for (int i = at.length - 1; i >= 0 && at[i] > after; i--) {
                if (at[i] <= upTo) {
                    sum += amounts[i];
                }
            }
            return sum;
        }
    }

    /**
     * What a window shows: a number of occurrences, or a sum in millionths.
     *
     * @param window the window
     * @param now the end of the window, itself included
     * @return the value; 0 if nothing is remembered
     */
    public long value(Window window, Instant now) {
        int place = place(window.key());
        if (place < 0) {
            return 0;
        }
        Series found = series[place];
        long end = now.getEpochSecond();
        long start = end - window.within().toSeconds();
        return found.sum(window.sums() ? start - Math.floorMod(start, DAY) : start, end);
    }

    Behaviour with(Window window, Instant occurredAt, long amount) {
        long second = occurredAt.getEpochSecond();
        long place = window.sums() ? second - Math.floorMod(second, DAY) : second;
        int known = place(window.key());
        var old = known < 0 ? new Series(window.key(), new long[0], new long[0]) : series[known];
        var changed = window.sums() ? summed(old, place, amount) : counted(old, place, amount);
        if (known >= 0) {
            var same = series.clone();
            same[known] = changed;
            return new Behaviour(keys, same, unknown);
        }
        var names = Arrays.copyOf(keys, keys.length + 1);
        var more = Arrays.copyOf(series, series.length + 1);
        names[keys.length] = changed.key();
        more[series.length] = changed;
        return new Behaviour(names, more, unknown);
    }

    /** Where a key's series is, or -1. */
    private int place(String key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static Series summed(Series old, long place, long amount) {
        int found = Arrays.binarySearch(old.at, place);
        if (found < 0) {
            return inserted(old, -found - 1, place, amount, MOST_DAYS);
        }
        long[] amounts = old.amounts.clone();
        amounts[found] += amount;
        return new Series(old.key, old.at, amounts);
    }

    private static Series counted(Series old, long place, long amount) {
        int after = old.at.length;
        while (after > 0 && old.at[after - 1] > place) {
            after--;
        }
        return inserted(old, after, place, amount, MOST_INSTANTS);
    }

    private static Series inserted(Series old, int index, long place, long amount, int most) {
        boolean full = old.at.length == most;
        if (full && index == 0) {
            return old;
        }
        long[] at = inserted(old.at, index, place, full);
        return new Series(
                old.key, at, most == MOST_INSTANTS ? ONES[at.length] : inserted(old.amounts, index, amount, full));
    }

    /** The oldest falls out of what is full. */
    private static long[] inserted(long[] values, int index, long value, boolean full) {
        int dropped = full ? 1 : 0;
        long[] more = new long[values.length + 1 - dropped];
        System.arraycopy(values, dropped, more, 0, index - dropped);
        more[index - dropped] = value;
        System.arraycopy(values, index, more, index - dropped + 1, values.length - index);
        return more;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the windows of a host's conditions remember of one customer. Bounded: a counter keeps the last 100 instants, a sum keeps one
 * bucket a day (UTC) for 400 days.
 *
 * @param series what is remembered, by the window's key
 * @param unknown fields of a newer version
 */
public record Behaviour(Map<String, Series> series, byte[] unknown) {

    /** Remembers nothing. */
    public static final Behaviour NONE = new Behaviour(Map.of(), new byte[0]);

    /** How it is stored. */
    public static final Codec<Behaviour> CODEC = Codec.of(
            (behaviour, out) -> {
                behaviour.series.forEach((key, series) -> out.nested(1, Series.CODEC, series));
                out.raw(behaviour.unknown);
            },
            in -> {
                var series = new TreeMap<String, Series>();
                in.each(1, Series.CODEC).forEach(one -> series.put(one.key, one));
                return new Behaviour(Collections.unmodifiableMap(series), in.above(1));
            });

    static final int MOST_INSTANTS = 100;
    static final int MOST_DAYS = 400;
    private static final long DAY = 86_400;

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
        Series found = series.get(window.key());
        if (found == null) {
            return 0;
        }
        long end = now.getEpochSecond();
        long start = end - window.within().toSeconds();
        return found.sum(window.sums() ? start - Math.floorMod(start, DAY) : start, end);
    }

    Behaviour with(Window window, Instant occurredAt, long amount) {
        long second = occurredAt.getEpochSecond();
        long place = window.sums() ? second - Math.floorMod(second, DAY) : second;
        var old = series.getOrDefault(window.key(), new Series(window.key(), new long[0], new long[0]));
        var more = new TreeMap<>(series);
        more.put(window.key(), window.sums() ? summed(old, place, amount) : counted(old, place, amount));
        return new Behaviour(Collections.unmodifiableMap(more), unknown);
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
        long[] at = inserted(old.at, index, place);
        long[] amounts = inserted(old.amounts, index, amount);
        int from = Math.max(0, at.length - most);
        return new Series(
                old.key, Arrays.copyOfRange(at, from, at.length), Arrays.copyOfRange(amounts, from, amounts.length));
    }

    private static long[] inserted(long[] values, int index, long value) {
        long[] more = new long[values.length + 1];
        System.arraycopy(values, 0, more, 0, index);
        more[index] = value;
        System.arraycopy(values, index, more, index + 1, values.length - index);
        return more;
    }
}

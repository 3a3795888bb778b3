// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

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
    private static final long[] NOTHING = {};

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

        Series with(Window window, long second, long amount) {
            return window.sums() ? summed(second - Math.floorMod(second, DAY), amount) : counted(second, amount);
        }

        private Series summed(long day, long amount) {
            int found = Arrays.binarySearch(at, day);
            if (found < 0) {
                return inserted(-found - 1, day, amount, MOST_DAYS);
            }
            long[] more = amounts.clone();
            more[found] += amount;
            return new Series(key, at, more);
        }

        private Series counted(long second, long amount) {
            int after = at.length;
            while (after > 0 && at[after - 1] > second) {
                after--;
            }
            return inserted(after, second, amount, MOST_INSTANTS);
        }

        private Series joined(Series other, boolean sums) {
            var all = new TreeMap<Long, List<Long>>();
            add(all);
            other.add(all);
            LongStream.Builder places = LongStream.builder();
            LongStream.Builder values = LongStream.builder();
            all.forEach((place, here) -> {
                if (sums) {
                    places.add(place);
                    values.add(here.stream().mapToLong(Long::longValue).sum());
                } else {
                    here.forEach(one -> {
                        places.add(place);
                        values.add(one);
                    });
                }
            });
            return new Series(key, places.build().toArray(), values.build().toArray())
                    .latest(sums ? MOST_DAYS : MOST_INSTANTS);
        }

        private void add(Map<Long, List<Long>> all) {
            for (int i = 0; i < at.length; i++) {
                all.computeIfAbsent(at[i], place -> new ArrayList<>(1)).add(amounts[i]);
            }
        }

        private Series latest(int most) {
            int from = Math.max(0, at.length - most);
            return from == 0
                    ? this
                    : new Series(
                            key, Arrays.copyOfRange(at, from, at.length), Arrays.copyOfRange(amounts, from, at.length));
        }

        private Series inserted(int index, long place, long amount, int most) {
            boolean full = at.length == most;
            if (full && index == 0) {
                return this;
            }
            long[] longer = Behaviour.inserted(at, index, place, full);
            boolean counts = most == MOST_INSTANTS;
            return new Series(
                    key, longer, counts ? ONES[longer.length] : Behaviour.inserted(amounts, index, amount, full));
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
        int place = place(keys, window.key());
        if (place == keys.length) {
            return 0;
        }
        Series found = series[place];
        long end = now.getEpochSecond();
        long start = end - window.within().toSeconds();
        return found.sum(window.sums() ? start - Math.floorMod(start, DAY) : start, end);
    }

    /**
     * When a window next shows less by the mere passing of time.
     *
     * @param window the window
     * @param now the end of the window, itself included
     * @return the first instant at which the oldest that it shows has fallen out, or empty if it shows nothing
     */
    public Optional<Instant> expiry(Window window, Instant now) {
        int place = place(keys, window.key());
        if (place == keys.length) {
            return Optional.empty();
        }
        long within = window.within().toSeconds();
        long start = now.getEpochSecond() - within;
        long after = window.sums() ? start - Math.floorMod(start, DAY) : start;
        return Arrays.stream(series[place].at).filter(at -> at > after).min().stream()
                .mapToObj(at -> Instant.ofEpochSecond(at + within))
                .findFirst();
    }

    /** With what a touchpoint adds to the windows that listen to it. */
    Behaviour with(List<Window> windows, Touchpoint touchpoint, Instant occurredAt) {
        String[] names = keys;
        Series[] changed = series;
        for (Window window : windows) {
            long amount = window.contribution(touchpoint);
            if (amount != 0) {
                int place = place(names, window.key());
                if (place == names.length) {
                    names = Arrays.copyOf(names, place + 1);
                    names[place] = window.key();
                    changed = Arrays.copyOf(changed, place + 1);
                    changed[place] = new Series(window.key(), NOTHING, NOTHING);
                } else if (changed == series) {
                    changed = series.clone();
                }
                changed[place] = changed[place].with(window, occurredAt.getEpochSecond(), amount);
            }
        }
        return changed == series ? this : new Behaviour(names, changed, unknown);
    }

    /** Without anything of some windows. */
    Behaviour without(List<Window> windows) {
        var gone = windows.stream().map(Window::key).toList();
        var kept = Arrays.stream(series).filter(one -> !gone.contains(one.key)).toArray(Series[]::new);
        return new Behaviour(Arrays.stream(kept).map(Series::key).toArray(String[]::new), kept, unknown);
    }

    /** What both remember, by the windows' keys; of what is full the oldest falls out. */
    Behaviour joined(Behaviour other, Map<String, Window> windows) {
        if (other.series.length == 0) {
            return this;
        }
        var all = new TreeMap<String, Series>();
        for (Series one : series) {
            all.put(one.key, one);
        }
        for (Series one : other.series) {
            Window window = windows.get(one.key);
            all.merge(one.key, one, (hers, others) -> hers.joined(others, window != null && window.sums()));
        }
        return new Behaviour(all.keySet().toArray(String[]::new), all.values().toArray(Series[]::new), unknown);
    }

    /** Where a key's series is, or the end. */
    private static int place(String[] keys, String key) {
        int place = 0;
        while (place < keys.length && !keys[place].equals(key)) {
            place++;
        }
        return place;
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

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened in one run or in many, by name. */
final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
    }

    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && tally.counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .collect(Collectors.joining("; "));
    }
}

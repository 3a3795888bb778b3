// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Ids;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counts one trait's values among some customers. Bounded: of texts and flags the first 10,000 different ones are counted, of numbers a
 * sample of 1,000 is kept. Used by one thread.
 */
final class Tally {

    private static final int MOST_VALUES = 10_000;
    private static final int SAMPLE = 1_000;
    private static final int LONGEST = 100;

    private final Map<String, Long> counts = new HashMap<>();
    private final PriorityQueue<Drawn> numbers =
            new PriorityQueue<>(Comparator.comparingDouble(Drawn::point).reversed());

    private record Drawn(double point, BigDecimal number) {}

    void add(CustomerId customer, @Nullable Object value) {
        if (value instanceof Number number) {
            numbers.add(new Drawn(Ids.point("persona", customer), new BigDecimal(number.toString())));
            if (numbers.size() > SAMPLE) {
                numbers.poll();
            }
        } else if (value instanceof String || value instanceof Boolean) {
            String text = value.toString();
            String shown = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
            if (counts.size() < MOST_VALUES || counts.containsKey(shown)) {
                counts.merge(shown, 1L, Long::sum);
            }
        }
    }

    long count(String value) {
        return counts.getOrDefault(value, 0L);
    }

    /** The most frequent values; of those that are as frequent the first by their text. */
    List<String> frequent(int most) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Half of the numbers are not greater, half are not smaller; {@code null} if there is none. */
    @Nullable
    BigDecimal median() {
        var sorted = numbers.stream().map(Drawn::number).sorted().toList();
        if (sorted.isEmpty()) {
            return null;
        }
        int middle = sorted.size() / 2;
        if (sorted.size() % 2 == 1) {
            return sorted.get(middle);
        }
        return sorted.get(middle - 1)
                .add(sorted.get(middle))
                .divide(BigDecimal.valueOf(2), 6, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }
}

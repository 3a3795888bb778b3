// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.segment.Segment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is typical of the members of a segment, beside all customers. Figures of many and of nobody alone; still, a segment of one says who
 * she is. Immutable.
 *
 * @param segment the segment, whose description says who is meant
 * @param members how many are in it
 * @param customers how many there are
 * @param traits what is typical, in the order in which it was asked for
 */
public record Persona(Segment segment, long members, long customers, List<Trait> traits) {

    /** Copies the list. */
    public Persona {
        traits = List.copyOf(traits);
    }

    /**
     * What is typical of one trait.
     *
     * @param name the trait
     * @param values its texts and flags that most members have, the most frequent first; five at most
     * @param median of the members' numbers; {@code null} if none has a number. Exact up to 1,000 members who have one, else that of a
     *     sample of 1,000 drawn by hash
     * @param medianOfAll of all customers' numbers, in the same way
     */
    public record Trait(
            String name,
            List<Value> values,
            @Nullable BigDecimal median,
            @Nullable BigDecimal medianOfAll) {

        /** Copies the list. */
        public Trait {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            String often = values.stream().map(Value::toString).collect(Collectors.joining(", "));
            if (median == null) {
                return name + ": " + (often.isEmpty() ? "nothing is known" : often);
            }
            String middle = "median " + median.toPlainString() + " (all "
                    + (medianOfAll == null ? "-" : medianOfAll.toPlainString()) + ")";
            return name + ": " + middle + (often.isEmpty() ? "" : ", " + often);
        }
    }

    /**
     * How frequent one value is.
     *
     * @param value the value, as text
     * @param members how many members have it
     * @param share of the members, 0 to 1
     * @param shareOfAll of all customers, 0 to 1
     */
    public record Value(String value, long members, double share, double shareOfAll) {
        @Override
        public String toString() {
            return "'" + value + "' " + percent(share) + " (all " + percent(shareOfAll) + ")";
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /**
     * In words.
     *
     * @return one line for the segment and one for each trait
     */
    @Override
    public String toString() {
        var text =
                new StringBuilder("persona '" + segment.name() + "': " + members + " of " + customers + " customers");
        if (!segment.description().isEmpty()) {
            text.append(", ").append(segment.description());
        }
        text.append('\n');
        traits.forEach(trait -> text.append("  ").append(trait).append('\n'));
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.wire.CompactMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings what hosts pass as properties to a few JSON-like types in canonical form, and keeps them within bounds. */
final class Values {

    static final int PROPERTY_LIMIT = 32 * 1024;
    static final int EVENT_LIMIT = 256 * 1024;
    private static final int DEEPEST = 16;
    private static final int MOST_DIGITS = 400; // every double fits; more would have to be written out to be added up
    private static final int MOST_BITS = 4 * MOST_DIGITS;

    private Values() {}

    /** Refuses what cannot be kept; {@code noun} is what one of them is called. */
    static Map<String, @Nullable Object> properties(
            Map<String, ? extends @Nullable Object> given, Supplier<String> where, String noun) {
        Map<String, @Nullable Object> canonical = null;
        long total = 0;
        for (var property : given.entrySet()) {
            String name = property.getKey();
            if (name == null) {
                throw new ThroughlineException(where.get() + ": a " + noun + " without a name");
            }
            Object value = property.getValue();
            if (!isCanonical(value)) {
                canonical = canonical == null ? new LinkedHashMap<>(given) : canonical;
                value = new Canonical(() -> place(where, noun, name)).of(value, 0);
                canonical.put(name, value);
            }
            long size = name.length() + size(value);
            if (size > PROPERTY_LIMIT) {
                throw new ThroughlineException(
                        place(where, noun, name) + ": " + size + " characters, expected at most " + PROPERTY_LIMIT);
            }
            total += size;
        }
        if (total > EVENT_LIMIT) {
            throw new ThroughlineException(
                    where.get() + ": " + total + " characters of properties, expected at most " + EVENT_LIMIT);
        }
        return CompactMap.copyOf(canonical == null ? given : canonical);
    }

    /** What is said of a group is kept as one trait of each member. */
    static void requireOneTrait(Map<String, ? extends @Nullable Object> said, Supplier<String> where) {
        long size = size(said);
        if (size > PROPERTY_LIMIT) {
            throw new ThroughlineException(
                    where.get() + ": " + size + " characters of traits, expected at most " + PROPERTY_LIMIT);
        }
    }

    /** A canonical map; empty if the value is something else. */
    @SuppressWarnings("unchecked") // canonical maps are keyed by text
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    private static String place(Supplier<String> where, String noun, String name) {
        return where.get() + ", " + noun + " '" + Shown.of(name) + "'";
    }

    private static boolean isCanonical(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Boolean || value instanceof Long;
    }

    /** One property on its way into its form, which is left as soon as it is too large: a list may hold another one many times. */
    private static final class Canonical {
        private final Supplier<String> where;
        private long parts;

        Canonical(Supplier<String> where) {
            this.where = where;
        }

        @Nullable
        Object of(@Nullable Object value, int depth) {
            if (depth > DEEPEST) {
                throw new ThroughlineException(where.get() + ": nested more than " + DEEPEST + " deep");
            }
            if (++parts > PROPERTY_LIMIT) {
                throw new ThroughlineException(where.get() + ": more than " + PROPERTY_LIMIT
                        + " parts, expected at most " + PROPERTY_LIMIT + " characters");
            }
            if (value instanceof Collection<?> items) {
                var list = new ArrayList<@Nullable Object>(Math.min(items.size(), PROPERTY_LIMIT));
                items.forEach(item -> list.add(of(item, depth + 1)));
                return Collections.unmodifiableList(list);
            }
            if (value instanceof Map<?, ?> map) {
                var sorted = new TreeMap<String, @Nullable Object>();
                map.forEach((name, item) -> sorted.put(String.valueOf(name), of(item, depth + 1)));
                return Collections.unmodifiableMap(sorted);
            }
            return scalar(value, where);
        }
    }

    private static @Nullable Object scalar(@Nullable Object value, Supplier<String> where) {
        if (value == null || isCanonical(value)) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number number) {
            return decimal(number, where);
        }
        if (value instanceof Instant || value instanceof LocalDate || value instanceof Enum<?>) {
            return value.toString();
        }
        throw new ThroughlineException(where.get() + ": a " + value.getClass().getName()
                + ", expected text, number, boolean, instant, date, list or map");
    }

    /** A whole number within 64 bits becomes one, so that 3, 3.0 and 3.00 are the same value. */
    private static Object decimal(Number number, Supplier<String> where) {
        requireOrdinary(number, where);
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(number.toString()).stripTrailingZeros();
        } catch (NumberFormatException notFinite) {
            throw new ThroughlineException(where.get() + ": " + number + ", expected a finite number", notFinite);
        }
        long digits =
                Math.max(decimal.precision(), Math.max((long) decimal.precision() - decimal.scale(), decimal.scale()));
        if (digits > MOST_DIGITS) {
            throw new ThroughlineException(
                    where.get() + ": a number of " + digits + " digits, expected at most " + MOST_DIGITS);
        }
        boolean whole = decimal.scale() <= 0 && decimal.precision() - decimal.scale() <= 18;
        return whole ? (Object) decimal.longValueExact() : decimal;
    }

    /** Before anything is counted or written out, which takes minutes for numbers of millions of digits. */
    private static void requireOrdinary(Number number, Supplier<String> where) {
        int bits = 0;
        if (number instanceof BigInteger whole) {
            bits = whole.bitLength();
        } else if (number instanceof BigDecimal given) {
            bits = given.unscaledValue().bitLength();
        }
        if (bits > MOST_BITS) {
            throw new ThroughlineException(
                    where.get() + ": a number of " + bits + " bits, expected at most " + MOST_DIGITS + " digits");
        }
    }

    private static long size(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Collection<?> items) {
            return items.stream().mapToLong(Values::size).sum() + items.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> entry.getKey().toString().length() + size(entry.getValue()))
                    .sum();
        }
        return 8;
    }
}

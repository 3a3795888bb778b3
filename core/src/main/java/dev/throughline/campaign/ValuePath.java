// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a journey finds a value: {@code event.order_id}, {@code customer.tier} or {@code call.stock.id}, from the root on by names.
 *
 * @param steps the root and at least one name behind it
 */
record ValuePath(List<String> steps) {

    private static final List<String> ROOTS = List.of("event", "customer", "call");

    /**
     * Reads it.
     *
     * @throws ThroughlineException if it does not begin with a root or has an empty name
     */
    static ValuePath parse(String text) {
        List<String> steps = Arrays.asList(text.split("\\.", -1));
        if (steps.size() < 2 || !ROOTS.contains(steps.get(0)) || steps.contains("")) {
            throw new ThroughlineException("path '" + Shown.of(text)
                    + "', expected event., customer. or call. and a name, such as event.order_id");
        }
        return new ValuePath(List.copyOf(steps));
    }

    /** The property of the starting event that it begins with, if it is of the event. */
    boolean isOf(String root) {
        return steps.get(0).equals(root);
    }

    /** What comes behind the root. */
    String first() {
        return steps.get(1);
    }

    @Nullable
    Object of(Instance instance, Map<String, @Nullable Object> traits) {
        Object value = isOf("event") ? instance.event() : isOf("customer") ? traits : instance.answers();
        for (String step : steps.subList(1, steps.size())) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value;
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}

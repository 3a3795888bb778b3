// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a named value is read of. */
enum Subject {
    /** The customer. */
    TRAIT {
        @Override
        @Nullable
        Object of(Condition.Facts facts, String name) {
            return facts.customer().profile().traits().get(name);
        }
    },
    /** The event at hand. */
    PROPERTY {
        @Override
        @Nullable
        Object of(Condition.Facts facts, String name) {
            return facts.event().get(name);
        }
    },
    /** The group in which she was named last. */
    GROUP {
        @Override
        @Nullable
        Object of(Condition.Facts facts, String name) {
            return TRAIT.of(facts, "group") instanceof Map<?, ?> group ? group.get(name) : null;
        }
    },
    /** What a function of the host has answered in the journey at hand; named by a path. */
    CALL {
        @Override
        @Nullable
        Object of(Condition.Facts facts, String name) {
            Object value = facts.answers();
            for (String step : name.split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return value;
        }
    };

    /** The value, or {@code null} if there is none. */
    abstract @Nullable Object of(Condition.Facts facts, String name);

    /** How JSON and canonical texts call it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

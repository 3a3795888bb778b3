// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Key;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records as maps of what they are made of, so that a report of everything that is held forgets nothing that somebody adds to them later.
 */
final class Plain {

    /** What says itself what it is. */
    private static final Set<Class<?>> WORDS =
            Set.of(Address.class, Identity.class, CustomerId.class, Key.class, String.class);

    private Plain() {}

    /** The parts of a record that say something, by name in their order. */
    static Map<String, Object> of(Record said) {
        var parts = new LinkedHashMap<String, Object>();
        for (RecordComponent part : said.getClass().getRecordComponents()) {
            Object value = value(read(part, said));
            if (value != null && !value.equals("") && !value.equals(List.of()) && !value.equals(Map.of())) {
                parts.put(part.getName(), value);
            }
        }
        return parts;
    }

    static @Nullable Object value(@Nullable Object value) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Optional<?> maybe) {
            return value(maybe.orElse(null));
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(Plain::value).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((name, one) -> plain.put(String.valueOf(name), value(one)));
            return plain;
        }
        return value instanceof Record part && !WORDS.contains(value.getClass()) ? of(part) : value.toString();
    }

    private static @Nullable Object read(RecordComponent part, Record of) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("a " + of.getClass().getName() + " cannot be read", broken);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map of few entries in the order of their keys, which are texts. It takes a third of a {@link java.util.TreeMap}'s memory and is
 * read as fast as a hash map, because states hold many such maps and conditions read them for every event. Immutable.
 *
 * @param <V> what the values are; may be {@code null}
 */
public final class CompactMap<V extends @Nullable Object> extends AbstractMap<String, V> {

    private final Shape shape;
    private final Object[] values;

    private CompactMap(String[] keys, Object[] values) {
        this.shape = Shape.of(keys);
        this.values = values;
    }

    /**
     * A copy of a map.
     *
     * @param <V> what the values are
     * @param map the map
     * @return its entries by key; the same object if it is one of these already
     */
    @SuppressWarnings("NullAway") // values may be null where V says so
    public static <V extends @Nullable Object> Map<String, V> copyOf(Map<String, ? extends V> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        if (map instanceof CompactMap<? extends V> copied) {
            @SuppressWarnings("unchecked") // immutable, so that a map of a narrower type is one of the wider
            var same = (Map<String, V>) copied;
            return same;
        }
        String[] keys = map.keySet().toArray(new String[0]);
        Arrays.sort(keys);
        var values = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = map.get(keys[i]);
        }
        return new CompactMap<>(keys, values);
    }

    /**
     * Some entries of a map.
     *
     * @param <V> what the values are
     * @param map the map
     * @param names which, in the order of strings, each once; those that the map lacks are left out
     * @return the entries
     */
    @SuppressWarnings("NullAway") // values may be null where V says so
    public static <V extends @Nullable Object> Map<String, V> of(Map<String, ? extends V> map, List<String> names) {
        var keys = new String[names.size()];
        var values = new Object[keys.length];
        int size = 0;
        for (String name : names) {
            Object value = map.get(name);
            if (value != null || map.containsKey(name)) {
                keys[size] = name;
                values[size++] = value;
            }
        }
        if (size == 0) {
            return Map.of();
        }
        return size == keys.length
                ? new CompactMap<>(keys, values)
                : new CompactMap<>(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
    }

    @Override
    @SuppressWarnings("unchecked") // a value is what copyOf put there
    public @Nullable V get(@Nullable Object key) {
        int found = shape.find(key);
        return found < 0 ? null : (V) values[found];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return shape.find(key) >= 0;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    @SuppressWarnings("unchecked") // a value is what copyOf put there
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(shape.key(i), (V) values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        @SuppressWarnings("unchecked") // a value is what copyOf put there
        public Map.Entry<String, V> next() {
            if (next == values.length) {
                throw new NoSuchElementException();
            }
            return new SimpleImmutableEntry<>(shape.key(next), (V) values[next++]);
        }
    }
}

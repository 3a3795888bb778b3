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

    private static final int FEW = 4;
    private static final int MOST_INDEXED = 127;
    private static final byte[] NO_INDEX = {};

    private final String[] keys;
    private final Object[] values;

    /** For each hash its place among the keys, plus one; empty if there are few keys or too many. */
    private final byte[] index;

    private CompactMap(String[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
        this.index = keys.length <= FEW || keys.length > MOST_INDEXED ? NO_INDEX : index(keys);
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

    private static byte[] index(String[] keys) {
        var index = new byte[Integer.highestOneBit(keys.length) * 4];
        for (int i = 0; i < keys.length; i++) {
            int place = spread(keys[i]) & (index.length - 1);
            while (index[place] != 0) {
                place = (place + 1) & (index.length - 1);
            }
            index[place] = (byte) (i + 1);
        }
        return index;
    }

    private static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 15);
    }

    private int find(@Nullable Object key) {
        if (index.length > 0 && key != null) {
            for (int place = spread(key) & (index.length - 1);
                    index[place] != 0;
                    place = (place + 1) & (index.length - 1)) {
                if (keys[index[place] - 1].equals(key)) {
                    return index[place] - 1;
                }
            }
            return -1;
        }
        if (keys.length > FEW) {
            return key instanceof String text ? Arrays.binarySearch(keys, text) : -1;
        }
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    @SuppressWarnings("unchecked") // a value is what copyOf put there
    public @Nullable V get(@Nullable Object key) {
        int found = find(key);
        return found < 0 ? null : (V) values[found];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    @SuppressWarnings("unchecked") // a value is what copyOf put there
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], (V) values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
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
            return next < keys.length;
        }

        @Override
        @SuppressWarnings("unchecked") // a value is what copyOf put there
        public Map.Entry<String, V> next() {
            if (next == keys.length) {
                throw new NoSuchElementException();
            }
            return new SimpleImmutableEntry<>(keys[next], (V) values[next++]);
        }
    }
}

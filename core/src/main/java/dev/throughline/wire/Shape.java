// SPDX-License-Identifier: Apache-2.0
package dev.throughline.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@link CompactMap}, in order, with an index where they are many. Maps of the same keys share one, because the events of a
 * shop have few shapes and there are millions of them. Immutable.
 */
final class Shape {

    private static final int FEW = 4;
    private static final int MOST_INDEXED = 127;
    private static final int MOST_SHARED = 32;
    private static final byte[] NO_INDEX = {};

    /** Those met lately, each at the place of its hash. A lost update only makes a shape twice. */
    private static final @Nullable Shape[] LATELY = new Shape[1024];

    private final String[] keys;

    /** For each hash its place among the keys, plus one; empty if there are few keys or too many. */
    private final byte[] index;

    private Shape(String[] keys) {
        this.keys = keys;
        this.index = keys.length <= FEW || keys.length > MOST_INDEXED ? NO_INDEX : index(keys);
    }

    /** The shape of some keys, which are sorted and are not changed any more. */
    static Shape of(String[] keys) {
        if (keys.length > MOST_SHARED) {
            return new Shape(keys);
        }
        int hash = Arrays.hashCode(keys);
        int place = (hash ^ hash >>> 15) & LATELY.length - 1;
        Shape known = LATELY[place];
        if (known == null || !Arrays.equals(known.keys, keys)) {
            known = new Shape(keys);
            LATELY[place] = known;
        }
        return known;
    }

    String key(int place) {
        return keys[place];
    }

    /** Where a key is, or -1. */
    int find(@Nullable Object key) {
        if (index.length > 0 && key != null) {
            return indexed(key);
        }
        if (keys.length > FEW) {
            return key instanceof String text ? Math.max(-1, Arrays.binarySearch(keys, text)) : -1;
        }
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private int indexed(Object key) {
        int place = spread(key) & index.length - 1;
        while (index[place] != 0) {
            if (keys[index[place] - 1].equals(key)) {
                return index[place] - 1;
            }
            place = place + 1 & index.length - 1;
        }
        return -1;
    }

    private static byte[] index(String[] keys) {
        var index = new byte[Integer.highestOneBit(keys.length) * 4];
        for (int i = 0; i < keys.length; i++) {
            int place = spread(keys[i]) & index.length - 1;
            while (index[place] != 0) {
                place = place + 1 & index.length - 1;
            }
            index[place] = (byte) (i + 1);
        }
        return index;
    }

    private static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 15;
    }
}

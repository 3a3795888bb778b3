// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines by their ids: a table with open addressing, because lines are what there is most of and a map's nodes would cost as much as the
 * lines. An entry of the table is one number, a line's hash and its place in the order of coming, so that hardly any line is looked at
 * but the one that is meant.
 */
final class Lines {

    private static final int HASH = 32;
    private static final long PLACE = 0xFFFFFFFFL;

    /** No two equal numbers, and 0 where there is none: the place counts from 1. */
    private long[] table = new long[2048];

    private @Nullable Entry[] lines = new Entry[1024];
    private int size;

    /** Whether there was none of this id. */
    boolean add(Entry line) {
        int hash = hash(line.id());
        int slot = slot(line.id(), hash);
        if (table[slot] != 0) {
            return false;
        }
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, size + (size >> 1));
        }
        lines[size++] = line;
        table[slot] = (long) hash << HASH | size;
        if (size > table.length / 2) {
            grow();
        }
        return true;
    }

    @Nullable
    Entry find(String id) {
        long found = table[slot(id, hash(id))];
        return found == 0 ? null : line(found);
    }

    /** Where the line is, or where it would be put. */
    private int slot(String id, int hash) {
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0
                && !((int) (table[slot] >> HASH) == hash
                        && line(table[slot]).id().equals(id))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] before = table;
        table = new long[before.length * 2];
        int mask = table.length - 1;
        for (long number : before) {
            if (number != 0) {
                int slot = (int) (number >> HASH) & mask;
                while (table[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                table[slot] = number;
            }
        }
    }

    @SuppressWarnings("NullAway") // up to size there is no gap
    private Entry line(long number) {
        return lines[(int) (number & PLACE) - 1];
    }

    /** Ids that differ in their last digits only lie side by side otherwise. */
    private static int hash(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}

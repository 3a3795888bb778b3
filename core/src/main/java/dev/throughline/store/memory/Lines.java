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

    /** Places that removed lines have left, and how many. */
    private int[] places = {};

    private int left;

    /** Whether there was none of this id. */
    boolean add(Entry line) {
        int hash = hash(line.id());
        int slot = slot(line.id(), hash);
        if (table[slot] != 0) {
            return false;
        }
        int place = place();
        lines[place - 1] = line;
        table[slot] = (long) hash << HASH | place;
        if (size > table.length / 2) {
            grow();
        }
        return true;
    }

    /** A place that a removed line has left, or the next. */
    private int place() {
        if (left > 0) {
            return places[--left];
        }
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, size + (size >> 1));
        }
        return ++size;
    }

    /** Does nothing if there is none of this id. */
    void remove(String id) {
        int slot = slot(id, hash(id));
        long found = table[slot];
        if (found == 0) {
            return;
        }
        int place = (int) (found & PLACE);
        lines[place - 1] = null;
        if (left == places.length) {
            places = Arrays.copyOf(places, Math.max(64, left + (left >> 1)));
        }
        places[left++] = place;
        close(slot);
    }

    /** What was put behind the gap because a slot was taken moves up, so that it is found without looking past a gap. */
    private void close(int gap) {
        int mask = table.length - 1;
        int hole = gap;
        for (int next = hole + 1 & mask; table[next] != 0; next = next + 1 & mask) {
            int home = (int) (table[next] >> HASH) & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                table[hole] = table[next];
                hole = next;
            }
        }
        table[hole] = 0;
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

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one log by their ids: a table with open addressing, because lines are what there is most of and a map's nodes would
 * cost as much as the lines. The hashes stand beside the lines, so that few lines are looked at.
 */
final class Lines {

    private @Nullable Entry[] table = new Entry[1024];
    private int[] hashes = new int[1024];
    private int size;

    /** Whether there was none of this id. */
    boolean add(Entry line) {
        int hash = hash(line.id());
        int place = place(line.id(), hash);
        if (table[place] != null) {
            return false;
        }
        table[place] = line;
        hashes[place] = hash;
        if (++size > table.length / 2) {
            grow();
        }
        return true;
    }

    @Nullable
    Entry find(String id) {
        return table[place(id, hash(id))];
    }

    List<Entry> all() {
        var all = new ArrayList<Entry>(size);
        Collections.addAll(all, table);
        all.removeIf(Objects::isNull);
        return all;
    }

    /** Where the line is, or where it would be put. */
    private int place(String id, int hash) {
        int place = hash & (table.length - 1);
        for (Entry line = table[place]; line != null; line = table[place]) {
            if (hashes[place] == hash && line.id().equals(id)) {
                return place;
            }
            place = place + 1 & (table.length - 1);
        }
        return place;
    }

    private void grow() {
        var lines = table;
        var known = hashes;
        table = new Entry[lines.length * 2];
        hashes = new int[table.length];
        for (int i = 0; i < lines.length; i++) {
            Entry line = lines[i];
            if (line != null) {
                int place = known[i] & (table.length - 1);
                while (table[place] != null) {
                    place = place + 1 & (table.length - 1);
                }
                table[place] = line;
                hashes[place] = known[i];
            }
        }
    }

    /** Ids that differ in their last digits only lie side by side otherwise. */
    private static int hash(String id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is kept under one key: its state and its waits. Most keys have no wait or one, so one is held without an array. */
final class Slot {

    private static final Wait[] NONE = {};

    /** Whose slot it is; not the store itself, which whoever keeps a key would keep too. */
    final Object owner;

    final Key key;

    /** See {@link Rank}. */
    final long rank;

    @Nullable
    Object state;

    /** Whether the store has it; one that a unit has made is dropped with the unit. */
    boolean kept;

    /** The unit that has claimed it last, by number. */
    long unit;

    private @Nullable Object waits;

    Slot(Object owner, Key key) {
        this.owner = owner;
        this.key = key;
        this.rank = Rank.of(key);
    }

    boolean isEmpty() {
        return state == null && waits == null;
    }

    @Nullable
    Wait find(String name) {
        if (waits instanceof Wait only) {
            return only.name.equals(name) ? only : null;
        }
        for (Wait wait : waits()) {
            if (wait.name.equals(name)) {
                return wait;
            }
        }
        return null;
    }

    void add(Wait wait) {
        if (waits == null) {
            waits = wait;
        } else {
            Wait[] before = waits();
            Wait[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = wait;
            waits = after;
        }
    }

    void remove(Wait wait) {
        if (waits == wait) {
            waits = null;
            return;
        }
        Wait[] before = waits();
        Wait[] after = new Wait[Math.max(0, before.length - 1)];
        int size = 0;
        for (Wait other : before) {
            if (other != wait) {
                after[size++] = other;
            }
        }
        waits = size == 0 ? null : size == 1 ? after[0] : after;
    }

    Wait[] waits() {
        if (waits instanceof Wait only) {
            return new Wait[] {only};
        }
        return waits == null ? NONE : (Wait[]) waits;
    }
}

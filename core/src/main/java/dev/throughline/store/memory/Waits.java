// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All waits, the earliest on top: a heap with four children per node, in which each wait knows its place, so that moving and
 * cancelling one needs no further index.
 */
final class Waits {

    static final int NOWHERE = -1;

    private static final int CHILDREN = 4;

    private @Nullable Wait[] heap = new Wait[64];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Wait earliest() {
        return heap[0];
    }

    void add(Wait wait) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1));
        }
        rise(size++, wait);
    }

    void remove(Wait wait) {
        int place = wait.place;
        wait.place = NOWHERE;
        Wait last = at(--size);
        heap[size] = null;
        if (last != wait) {
            settle(place, last);
        }
    }

    void move(Wait wait, long due) {
        wait.due = due;
        settle(wait.place, wait);
    }

    private void settle(int place, Wait wait) {
        if (place > 0 && wait.compareTo(at((place - 1) / CHILDREN)) < 0) {
            rise(place, wait);
        } else {
            sink(place, wait);
        }
    }

    private void rise(int from, Wait wait) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / CHILDREN;
            Wait above = at(parent);
            if (wait.compareTo(above) >= 0) {
                break;
            }
            put(place, above);
            place = parent;
        }
        put(place, wait);
    }

    private void sink(int from, Wait wait) {
        int place = from;
        while (true) {
            int child = earliestChild(place);
            if (child == NOWHERE || wait.compareTo(at(child)) <= 0) {
                break;
            }
            put(place, at(child));
            place = child;
        }
        put(place, wait);
    }

    private int earliestChild(int place) {
        int first = place * CHILDREN + 1;
        if (first >= size) {
            return NOWHERE;
        }
        int best = first;
        for (int child = first + 1; child < Math.min(first + CHILDREN, size); child++) {
            if (at(child).compareTo(at(best)) < 0) {
                best = child;
            }
        }
        return best;
    }

    private void put(int place, Wait wait) {
        heap[place] = wait;
        wait.place = place;
    }

    @SuppressWarnings("NullAway") // below size there is no gap
    private Wait at(int place) {
        return heap[place];
    }
}

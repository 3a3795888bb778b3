// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All waits, the earliest on top: a heap with four children per node, in which each wait knows its place, so that moving and
 * cancelling one needs no further index. When each is due, and the rank of its key, stand beside the waits, so that the heap is ordered
 * without looking at them, even when a whole shop waits for nine in the morning.
 */
final class Waits {

    static final int NOWHERE = -1;

    private static final int CHILDREN = 4;

    private @Nullable Wait[] heap = new Wait[64];
    private long[] dues = new long[64];
    private long[] ranks = new long[64];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Wait earliest() {
        return heap[0];
    }

    /** When a wait of this heap is due, in nanoseconds since 1970. */
    long due(Wait wait) {
        return dues[wait.place];
    }

    void add(Wait wait, long due) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1));
            dues = Arrays.copyOf(dues, heap.length);
            ranks = Arrays.copyOf(ranks, heap.length);
        }
        rise(size++, wait, due, wait.slot.rank);
    }

    void remove(Wait wait) {
        int place = wait.place;
        wait.place = NOWHERE;
        Wait last = at(--size);
        heap[size] = null;
        if (last != wait) {
            settle(place, last, dues[size], ranks[size]);
        }
    }

    void move(Wait wait, long due) {
        settle(wait.place, wait, due, ranks[wait.place]);
    }

    private void settle(int place, Wait wait, long due, long rank) {
        if (place > 0 && isEarlier(wait, due, rank, (place - 1) / CHILDREN)) {
            rise(place, wait, due, rank);
        } else {
            sink(place, wait, due, rank);
        }
    }

    private void rise(int from, Wait wait, long due, long rank) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) / CHILDREN;
            if (!isEarlier(wait, due, rank, parent)) {
                break;
            }
            put(place, at(parent), dues[parent], ranks[parent]);
            place = parent;
        }
        put(place, wait, due, rank);
    }

    private void sink(int from, Wait wait, long due, long rank) {
        int place = from;
        while (true) {
            int child = earliestChild(place);
            if (child == NOWHERE || isEarlier(wait, due, rank, child)) {
                break;
            }
            put(place, at(child), dues[child], ranks[child]);
            place = child;
        }
        put(place, wait, due, rank);
    }

    private int earliestChild(int place) {
        int first = place * CHILDREN + 1;
        if (first >= size) {
            return NOWHERE;
        }
        int best = first;
        for (int child = first + 1; child < Math.min(first + CHILDREN, size); child++) {
            if (isEarlier(at(child), dues[child], ranks[child], best)) {
                best = child;
            }
        }
        return best;
    }

    /** Whether a wait comes before the one at a place. */
    private boolean isEarlier(Wait wait, long due, long rank, int place) {
        if (due != dues[place]) {
            return due < dues[place];
        }
        return rank == ranks[place] ? wait.compareTo(at(place)) < 0 : rank < ranks[place];
    }

    private void put(int place, Wait wait, long due, long rank) {
        heap[place] = wait;
        dues[place] = due;
        ranks[place] = rank;
        wait.place = place;
    }

    @SuppressWarnings("NullAway") // below size there is no gap
    private Wait at(int place) {
        return heap[place];
    }
}

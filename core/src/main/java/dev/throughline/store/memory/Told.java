// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What was told and not stepped, oldest first, and how much of it waits at each key. */
final class Told {

    private final Deque<Envelope> queue = new ArrayDeque<>();
    private final Map<Key, Integer> waiting = new HashMap<>();

    int size() {
        return queue.size();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    boolean waitsAt(Key key) {
        return waiting.containsKey(key);
    }

    void add(Envelope envelope) {
        queue.addLast(envelope);
        waiting.merge(envelope.to(), 1, Integer::sum);
    }

    Envelope take() {
        Envelope envelope = queue.removeFirst();
        waiting.computeIfPresent(envelope.to(), (key, count) -> count == 1 ? null : count - 1);
        return envelope;
    }

    void erase(Key key) {
        queue.removeIf(envelope -> envelope.to().equals(key));
        waiting.remove(key);
    }

    /** Undoes a {@link #take}; the last taken goes back first. */
    void putBack(Envelope envelope) {
        queue.addFirst(envelope);
        waiting.merge(envelope.to(), 1, Integer::sum);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.ring.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {

    private record Due(Wait what, long at) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? what.compareTo(other.what) : Long.compare(at, other.at);
        }
    }

    private final Waits waits = new Waits();
    private final TreeSet<Due> expected = new TreeSet<>();
    private final List<Due> all = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesWaitsInOrderWhateverWasMovedAndRemoved(long seed) {
        var random = new Random(seed);

        for (int i = 0; i < 3000; i++) {
            change(random, i);
        }

        while (!expected.isEmpty()) {
            Wait earliest = waits.earliest();
            assertThat(new Due(earliest, waits.due(earliest)))
                    .as("seed %d", seed)
                    .isEqualTo(expected.pollFirst());
            waits.remove(earliest);
        }
        assertThat(waits.size()).isZero();
    }

    private void change(Random random, int i) {
        int kind = random.nextInt(4);
        if (kind < 2 || all.isEmpty()) {
            var due = new Due(new Wait(new Slot(this, Key.pool("p" + i)), "w"), random.nextInt(500));
            waits.add(due.what, due.at);
            know(due);
            return;
        }
        Due known = all.remove(random.nextInt(all.size()));
        expected.remove(known);
        if (kind == 2) {
            var moved = new Due(known.what, random.nextInt(500));
            waits.move(moved.what, moved.at);
            know(moved);
        } else {
            waits.remove(known.what);
        }
    }

    private void know(Due due) {
        all.add(due);
        expected.add(due);
    }
}

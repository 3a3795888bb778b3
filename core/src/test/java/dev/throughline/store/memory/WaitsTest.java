// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.ring.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesWaitsInOrderWhateverWasMovedAndRemoved(long seed) {
        var random = new Random(seed);
        var waits = new Waits();
        var expected = new TreeSet<Wait>();
        var all = new ArrayList<Wait>();

        for (int i = 0; i < 3000; i++) {
            change(random, waits, expected, all, i);
        }

        while (!expected.isEmpty()) {
            Wait earliest = waits.earliest();
            assertThat(earliest).as("seed %d", seed).isSameAs(expected.pollFirst());
            waits.remove(earliest);
        }
        assertThat(waits.size()).isZero();
    }

    private static void change(Random random, Waits waits, Set<Wait> expected, List<Wait> all, int i) {
        int kind = random.nextInt(4);
        if (kind < 2 || all.isEmpty()) {
            var wait = new Wait(new Slot(Key.pool("p" + i)), "w", Instant.ofEpochSecond(random.nextInt(500)));
            all.add(wait);
            expected.add(wait);
            waits.add(wait);
            return;
        }
        Wait wait = all.get(random.nextInt(all.size()));
        expected.remove(wait);
        if (kind == 2) {
            waits.move(wait, random.nextInt(500) * 1_000_000_000L);
            expected.add(wait);
        } else {
            waits.remove(wait);
            all.remove(wait);
        }
    }
}

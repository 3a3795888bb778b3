// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Payload;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final int MANY = 1 << 13;

    private final Lines lines = new Lines();
    private final Map<String, Entry> known = new HashMap<>();

    /** All ids have one hash. */
    @Test
    void tellsLinesOfOneHashApart() {
        for (int i = 0; i < 1 << 9; i++) {
            add(collidingId(i, 9));
        }

        assertKnown();
    }

    @Test
    void findsEachLineAfterTheTableHasGrown() {
        for (int i = 0; i < MANY; i++) {
            add("line " + i);
        }

        assertKnown();
        assertThat(lines.find("line " + MANY)).isNull();
    }

    @Test
    void findsWhatIsLeftWhereLinesAreRemovedAndOthersCome() {
        var random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            String id = collidingId(random.nextInt(1 << 6), 6) + random.nextInt(3);
            if (!known.containsKey(id)) {
                add(id);
            } else {
                known.remove(id);
                lines.remove(id);
                assertThat(lines.find(id)).isNull();
            }
            lines.remove("never there " + round);
            if (round % 1_000 == 0) {
                assertKnown();
            }
        }

        assertKnown();
    }

    private void add(String id) {
        var line = new Entry(Entry.Log.TIMELINE, "mai", id, Instant.EPOCH, new Payload() {});
        known.put(id, line);

        assertThat(lines.find(id)).isNull();
        assertThat(lines.add(line)).isTrue();
        assertThat(lines.add(line)).isFalse();
    }

    private void assertKnown() {
        known.forEach((id, line) -> assertThat(lines.find(id)).isSameAs(line));
    }

    private static String collidingId(int number, int length) {
        return IntStream.range(0, length)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .reduce("", String::concat);
    }
}

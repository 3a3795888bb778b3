// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.wire.Fields;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What outlives journeys. */
class LastingTest {

    private static final Instant EARLY = Instant.parse("2026-11-23T03:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-24T03:00:00Z");

    private final Lasting hers =
            Lasting.NONE.entered("a", EARLY).entered("b", LATE).drawn("x", 0.25).drawn("y", 0x1.fffffffffffffp-1);
    private final Lasting others = Lasting.NONE
            .entered("a", LATE)
            .entered("b", EARLY)
            .entered("c", EARLY)
            .drawn("x", 0.75)
            .drawn("z", 0);

    @Test
    void laterEntryAndTheSurvivorsDrawAreKept() {
        var one = hers.and(others);

        assertThat(one.entries()).containsOnly(entry("a", LATE), entry("b", LATE), entry("c", EARLY));
        assertThat(one.draws()).containsOnly(entry("x", 0.25), entry("y", 0x1.fffffffffffffp-1), entry("z", 0.0));
    }

    @Test
    void mergingTwiceChangesNothing() {
        assertThat(hers.and(others).and(others)).isEqualTo(hers.and(others));
        assertThat(hers.and(Lasting.NONE)).isSameAs(hers);
        assertThat(Lasting.NONE.and(hers)).isEqualTo(hers);
    }

    @Test
    void isTheSameAfterItHasBeenStored() {
        var out = new Writer();
        hers.write(2, out);

        assertThat(Lasting.read(2, new Fields(new Reader(out.toByteArray())))).isEqualTo(hers);
    }

    private static <V> Map.Entry<String, V> entry(String name, V value) {
        return Map.entry(name, value);
    }
}

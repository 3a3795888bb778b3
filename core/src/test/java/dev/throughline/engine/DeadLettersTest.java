// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Identity;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final DeadLetters letters = new DeadLetters(store);

    @Test
    void retryingAllEndsThoughEachFailsAgain() {
        setAside(2_000, NOON);

        var retried = new ArrayList<Long>();
        letters.all().limit(10_000).forEach(letter -> {
            letters.retry(letter.id());
            setAside(1, NOON.plusMillis(1));
            retried.add(letter.id());
        });

        assertThat(retried).hasSize(2_000);
        assertThat(store.deadLetters(0, 10_000)).hasSize(2_000);
    }

    @Test
    void tellsAlsoThoseThatAHostWhoseClockWasAheadHasSetAside() {
        setAside(1, NOON.plusSeconds(3600));
        setAside(1, NOON);

        assertThat(letters.all()).extracting(DeadLetter::at).containsExactly(NOON.plusSeconds(3600), NOON);
    }

    private void setAside(int number, Instant at) {
        try (var unit = store.begin()) {
            var changes = Changes.none();
            IntStream.range(0, number)
                    .mapToObj(i -> new Envelope(
                            Key.of(Identity.of("userId", "mai")), new Input.Due("t" + i, "timer", NOON), "", 0))
                    .forEach(letter -> changes.deadLetters().add(new DeadLetter(letter, "failed", at)));
            unit.commit(changes);
        }
    }
}

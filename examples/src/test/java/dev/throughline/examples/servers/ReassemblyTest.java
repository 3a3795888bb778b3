// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.examples.servers.Submission.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReassemblyTest {

    private static final Instant NINE = Instant.parse("2011-03-01T09:00:00Z");

    private final Reassembly reassembly = new Reassembly();

    @Test
    void passesAnUndividedMessageOn() {
        var whole = part("m1", "+84570000001", Part.WHOLE, "Hi");

        assertThat(reassembly.add(whole)).contains(new ReceivedSms(List.of(whole)));
    }

    @Test
    void joinsPartsInAnyOrderAndKeepsMessagesApart() {
        var parts = new ArrayList<>(List.of(
                part("m1", "+84570000001", new Part(7, 3, 1), "a"),
                part("m1", "+84570000001", new Part(7, 3, 2), "b"),
                part("m1", "+84570000001", new Part(7, 3, 3), "c"),
                part("m2", "+84570000001", new Part(7, 2, 1), "d"),
                part("m2", "+84570000001", new Part(7, 2, 2), "e"),
                part("m3", "+84570000002", new Part(7, 2, 1), "f"),
                part("m3", "+84570000002", new Part(7, 2, 2), "g")));

        for (int seed = 0; seed < 500; seed++) {
            Collections.shuffle(parts, new Random(seed));
            assertThat(parts.stream()
                            .map(reassembly::add)
                            .flatMap(Optional::stream)
                            .map(ReceivedSms::text))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder("abc", "de", "fg");
            assertThat(reassembly.incomplete()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void takesAReferenceAgainForTheNextMessage() {
        for (var text : List.of("first", "second")) {
            reassembly.add(part("m1", "+84570000001", new Part(7, 2, 1), text));

            var whole = reassembly.add(part("m1", "+84570000001", new Part(7, 2, 2), "!"));

            assertThat(whole.orElseThrow().text()).isEqualTo(text + "!");
        }
    }

    @Test
    void doesNotMissAPartThatArrivesTwice() {
        var first = part("m1", "+84570000001", new Part(7, 2, 1), "a");

        assertThat(reassembly.add(first)).isEmpty();
        assertThat(reassembly.add(first)).isEmpty();
        assertThat(reassembly.incomplete()).isOne();
    }

    @Test
    void stampsAMessageWithItsFirstAndLastArrival() {
        var late = part("m1", "+84570000001", new Part(7, 2, 1), "a", NINE.plusSeconds(3));
        var early = part("m1", "+84570000001", new Part(7, 2, 2), "b", NINE);
        reassembly.add(early);

        var whole = reassembly.add(late).orElseThrow();

        assertThat(whole.parts()).containsExactly(late, early);
        assertThat(whole.at()).isEqualTo(NINE);
        assertThat(whole.completedAt()).isEqualTo(NINE.plusSeconds(3));
    }

    private static Submission part(String messageId, String destination, Part part, String text) {
        return part(messageId, destination, part, text, NINE);
    }

    private static Submission part(String messageId, String destination, Part part, String text, Instant at) {
        return new Submission(at, "1", Optional.of(messageId), "SHOP", destination, part, text, false);
    }
}

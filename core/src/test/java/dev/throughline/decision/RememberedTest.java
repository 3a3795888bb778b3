// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.Ids;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void isTheMapThatItsMessagesMake() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var expected = new TreeMap<MessageId, Closed>();
            Remembered remembered = Remembered.NOTHING;
            for (int i = 0; i < 500; i++) {
                if (random.nextInt(50) == 0) {
                    Instant now = NOON.plusSeconds(random.nextInt(1_000));
                    expected.values().removeIf(message -> !message.until().isAfter(now));
                    remembered = remembered.without(message -> !message.until().isAfter(now));
                } else {
                    Closed message = message(random.nextInt(300), NOON.plusSeconds(random.nextInt(1_000)));
                    expected.put(message.message(), message);
                    remembered = remembered.with(message);
                }
                assertThat(remembered.get(id(i % 300))).as("seed " + seed).isEqualTo(expected.get(id(i % 300)));
                assertThat(remembered.isEmpty()).as("seed " + seed).isEqualTo(expected.isEmpty());
            }

            assertThat(remembered).as("seed " + seed).containsExactlyElementsOf(expected.values());
        }
    }

    private static MessageId id(int number) {
        return new MessageId(Ids.hash("remembered", number));
    }

    private static Closed message(int number, Instant until) {
        return new Closed(id(number), Verdict.SENT, NOON, until);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.MessageId;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnderwayTest {

    @Test
    void isTheMapThatItsMessagesMake() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var expected = new TreeMap<MessageId, Open>();
            Underway underway = Underway.NOTHING;
            for (int i = 0; i < 200; i++) {
                Open message = Open.of(Scene.news("news " + random.nextInt(20)));
                MessageId id = message.plan().id();
                if (random.nextBoolean()) {
                    expected.put(id, message);
                    underway = underway.with(message);
                } else {
                    expected.remove(id);
                    underway = underway.without(id);
                }
                assertThat(underway.get(id)).as("seed " + seed).isSameAs(expected.get(id));
                assertThat(underway).as("seed " + seed).containsExactlyElementsOf(expected.values());
            }

            assertThat(Underway.of(expected.values())).as("seed " + seed).containsExactlyElementsOf(expected.values());
        }
    }
}

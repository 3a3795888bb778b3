// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.Ids;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void saysTheTextThatItWasMadeOf() {
        for (int seed = 0; seed < 100; seed++) {
            String id = Ids.hash(seed);

            assertThat(Digits.of(id))
                    .as("seed " + seed)
                    .isInstanceOf(Digits.class)
                    .hasToString(id);
        }
    }

    @Test
    void isTheTextItselfIfThatIsAnythingElse() {
        String digits = Ids.hash("id");

        for (String other :
                new String[] {"", "order-17", digits + "0", digits.substring(1), "A" + digits.substring(1)}) {
            assertThat(Digits.of(other)).isSameAs(other);
        }
    }

    @Test
    void readsAsItsText() {
        String id = Ids.hash("id");
        CharSequence digits = Digits.of(id);

        assertThat(digits.length()).isEqualTo(id.length());
        assertThat(digits.charAt(31)).isEqualTo(id.charAt(31));
        assertThat(digits.subSequence(3, 9)).isEqualTo(id.substring(3, 9));
    }
}

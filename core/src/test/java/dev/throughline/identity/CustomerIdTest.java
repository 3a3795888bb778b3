// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerIdTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

    @Test
    void sameInputMakesTheSameIdForEver() {
        assertThat(CustomerId.of(NOW, "t-1")).hasToString("01a206589b80a52b808d7bb632c91fe1");
    }

    @Test
    void anotherInputOfTheSameInstantMakesAnother() {
        assertThat(CustomerId.of(NOW, "t-1")).isNotEqualTo(CustomerId.of(NOW, "t-2"));
    }

    @Test
    void anotherIdentityMakesAnotherOfTheSameInput() {
        var mai = CustomerId.of(NOW, "t-1", Identity.userId("mai"));

        assertThat(mai).hasToString("01a206589b8012d7af0a8d66a5bc71f2");
        assertThat(mai)
                .isNotEqualTo(CustomerId.of(NOW, "t-1", Identity.userId("lan")))
                .isNotEqualTo(CustomerId.of(NOW, "t-1", Identity.anonymousId("mai")))
                .isNotEqualTo(CustomerId.of(NOW, "t-1"));
    }

    @Test
    void olderIsSmallerAndTextHasTheSameOrder() {
        var random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            var older = CustomerId.of(NOW.plusMillis(i), "input-" + random.nextInt());
            var younger = CustomerId.of(NOW.plusMillis(i + 1), "input-" + random.nextInt());

            assertThat(older).as("case %s", i).isLessThan(younger);
            assertThat(older.toString()).as("case %s", i).isLessThan(younger.toString());
            assertThat(CustomerId.parse(older.toString())).as("case %s", i).isEqualTo(older);
        }
    }

    @Test
    void orderKnowsNoSigns() {
        assertThat(new CustomerId(1, -1)).isGreaterThan(new CustomerId(1, 1));
        assertThat(new CustomerId(-1, 0)).isGreaterThan(new CustomerId(1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "019b76daa8003f2aa838739e8fa163c", "019b76daa8003f2aa838739e8fa163cg"})
    void refusesTextThatIsNoId(String text) {
        assertThatThrownBy(() -> CustomerId.parse(text))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("customer id '" + text + "': expected 32 hexadecimal digits");
    }
}

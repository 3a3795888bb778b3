// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PepperTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.UTF_8);

    /** HMAC-SHA-256, computed with openssl dgst -sha256 -hmac. */
    @Test
    void standsForANameByItsHmac() {
        assertThat(Pepper.of(1, SECRET).standIn("email:mai@example.com"))
                .isEqualTo("erased-1:3807a269be962332bfd2bc7b36ce0b52dbe63d6ae1caf15f83b1f6dfb26c07ab");
    }

    @Test
    void findsANameUnderEachVersionAndHashesUnderTheNewest() {
        var both = Pepper.of(1, SECRET).and(2, OTHER);

        assertThat(both.standIn("email:mai@example.com"))
                .isEqualTo(Pepper.of(2, OTHER).standIn("email:mai@example.com"));
        assertThat(both.standIns("email:mai@example.com"))
                .containsExactly(
                        Pepper.of(2, OTHER).standIn("email:mai@example.com"),
                        Pepper.of(1, SECRET).standIn("email:mai@example.com"));
        assertThat(Pepper.NONE.standIns("email:mai@example.com")).isEmpty();
    }

    @Test
    void refusesASecretThatCouldBeGuessedAndAVersionTwice() {
        assertThatThrownBy(() -> Pepper.of(1, "short".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("pepper version 1 of 5 bytes: expected a number from 1 on that is not in [], and at least"
                        + " 32 random bytes");
        assertThatThrownBy(() -> Pepper.of(1, SECRET).and(1, OTHER))
                .hasMessage("pepper version 1 of 32 bytes: expected a number from 1 on that is not in [1], and at"
                        + " least 32 random bytes");
    }

    @Test
    void printsNothingOfTheSecret() {
        assertThat(Pepper.of(1, SECRET).and(3, OTHER)).hasToString("Pepper of versions [1, 3]");
    }
}

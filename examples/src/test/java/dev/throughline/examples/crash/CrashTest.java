// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(1_800)
class CrashTest {

    private static final String KILLS = String.valueOf(Integer.getInteger("throughline.kills", 5));
    private static final String FREEZES = String.valueOf(Integer.getInteger("throughline.freezes", 2));

    /** Both at once, because most of the time is spent waiting until codes in doubt are sent anew. */
    @Test
    void losesNothingAndDoublesNothingWhateverTheMomentOfDeath() {
        var shared = CompletableFuture.supplyAsync(
                () -> Crash.run("--store", "postgresql", "--kills", KILLS, "--freezes", FREEZES));

        assertThat(Crash.run("--store", "sqlite", "--kills", KILLS)).isZero();
        assertThat(shared.join()).isZero();
    }

    @Test
    void freezesNobodyWhoIsAlone() {
        assertThat(Crash.run("--store", "sqlite", "--freezes", "1")).isEqualTo(2);
    }
}

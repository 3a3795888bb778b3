// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingTest {

    private static final Instant AT = Instant.parse("2026-11-23T09:00:00.5Z");

    private final Finding lazy = Finding.at("dispatch", Outcome.ALLOW, "SENT", AT);
    private final Finding written = new Finding("dispatch", "", Outcome.ALLOW, "SENT", Map.of("at", AT.toString()));

    @Test
    void withAnInstantIsTheFindingWithItsText() {
        assertThat(lazy).isEqualTo(written).hasSameHashCodeAs(written).hasToString(written.toString());
        assertThat(written).isEqualTo(lazy);
        assertThat(lazy.with("mode", "RECORD")).isEqualTo(written.with("mode", "RECORD"));
    }

    @Test
    void withAnInstantIsStoredAsTheFindingWithItsText() {
        assertThat(Finding.CODEC.encode(lazy)).isEqualTo(Finding.CODEC.encode(written));
    }
}

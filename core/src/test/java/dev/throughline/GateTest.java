// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.customer.IdentityRules;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Stamp;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no host may hand in. */
class GateTest {

    private static final Instant NOW = Instant.parse("2025-03-01T03:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"Segment Entered", "Segment Left", "Trait Set"})
    void refusesEventsOfTheLibrarysOwnAlsoAsHistory(String event) {
        var gate =
                new Gate(Set.of(), IdentityRules.standard(), new Heard(), new Returned(new MemoryStore(), Pepper.NONE));
        var forged = Stamp.of("t", NOW).track(Identity.userId("mai"), event, Map.of("segment", "vip"));
        String refusal =
                "touchpoint 't' (" + event + "): only the library itself tells this event, expected another name";

        assertThatThrownBy(() -> gate.let(forged, NOW))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> gate.let(forged.asHistory(NOW), NOW))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(refusal);
    }
}

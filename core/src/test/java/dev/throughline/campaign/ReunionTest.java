// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.Instance.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of two instances at one step the one whose next message is the later leg is further, whatever it waits for. */
class ReunionTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void laterLegIsFurtherHoweverItWaits() {
        var planned = at(Kind.VERDICT, 0);

        assertThat(List.of(at(Kind.RESPONSE, 1), at(Kind.PARKED, 1), at(Kind.ADDRESS, 1)))
                .allSatisfy(later ->
                        assertThat(Reunion.FURTHER.compare(later, planned)).isNegative());
    }

    @Test
    void ofOneLegTheMessageThatIsOnItsWayIsFurther() {
        var planned = at(Kind.VERDICT, 1);

        assertThat(List.of(at(Kind.RESPONSE, 1), at(Kind.PARKED, 1), at(Kind.ADDRESS, 1)))
                .allSatisfy(other ->
                        assertThat(Reunion.FURTHER.compare(planned, other)).isNegative());
    }

    private static Instance at(Kind kind, int leg) {
        var wait = new Wait(kind, NOON, null, null, leg, 0, "", 0);
        return new Instance("i-" + kind + leg, "basket", "v", "", NOON, Map.of(), "1", wait, 0, 0, Map.of(), 0);
    }
}

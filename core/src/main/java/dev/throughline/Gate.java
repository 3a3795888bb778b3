// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.customer.IdentityRules;
import dev.throughline.ring.Envelope;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.Set;

/**
 * Lets touchpoints in, through whichever door they come. Thread-safe.
 *
 * @param controllers who can be given a consent
 * @param identities which names are nobody's
 * @param heard remembers the sources
 * @param returned recognises who was erased
 */
record Gate(Set<String> controllers, IdentityRules identities, Heard heard, Returned returned) {

    /**
     * The way into the ring.
     *
     * @throws dev.throughline.identity.ThroughlineException if the touchpoint is unusable
     */
    Envelope let(Touchpoint touchpoint, Instant now) {
        Touchpoint received = Touchpoints.received(Touchpoints.unreserved(touchpoint), now);
        var envelope = Touchpoints.envelope(Touchpoints.addressed(received, controllers), identities);
        returned.refuse(received, now);
        heard.of(touchpoint, now);
        return envelope;
    }
}

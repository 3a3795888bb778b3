// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.CustomerId;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By what input, for whom and when something enters the ledger.
 *
 * @param id the input's id, from which the events' ids are made
 * @param holder who holds the address; {@code null} if nobody is known
 * @param controller the legal person that a grant is given to, where it names none
 * @param occurredAt when it was done
 * @param recordedAt when it reached us
 */
public record Occasion(
        String id, @Nullable CustomerId holder, String controller, Instant occurredAt, Instant recordedAt) {

    /**
     * The occasion of a touchpoint.
     *
     * @param touchpoint the touchpoint
     * @param holder who holds the address
     * @param controller the legal person that a grant is given to, where it names none
     * @return the occasion
     */
    public static Occasion of(Touchpoint touchpoint, @Nullable CustomerId holder, String controller) {
        return new Occasion(touchpoint.id(), holder, controller, touchpoint.occurredAt(), touchpoint.receivedAt());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often a customer may enter, whatever the key.
 *
 * @param once whether once in her life
 * @param after how long after her last entry at the earliest
 */
record Reentry(boolean once, Duration after) {

    static final Reentry FREE = new Reentry(false, Duration.ZERO);
    static final Reentry ONCE = new Reentry(true, Duration.ZERO);

    static Reentry after(Duration time) {
        return new Reentry(false, time);
    }

    /** Whether an entry has to be remembered. */
    boolean isLimited() {
        return once || !after.isZero();
    }

    /** Why she may not enter; {@code null} if she may. */
    @Nullable
    String refusal(@Nullable Instant last, Instant now) {
        if (last == null || !isLimited()) {
            return null;
        }
        if (once) {
            return "ONCE";
        }
        return now.isBefore(last.plus(after)) ? "TOO_SOON" : null;
    }
}

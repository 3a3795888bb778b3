// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Identity;
import dev.throughline.touchpoint.Touchpoint;

/** How surely two names that were seen together are one person's. From the weakest to the strongest. */
public enum Tie {
    /** By a browser or a device alone, which several people may use: joins nobody who is known by name on both sides. */
    WEAK,
    /** By an address, a login or a card. */
    STRONG,
    /** The host says so itself by {@code alias}: limits do not apply. */
    STATED;

    /** What ties a name to the customer whom a touchpoint is about. */
    static Tie of(Identity identity, Touchpoint touchpoint) {
        if (touchpoint.call() == Touchpoint.Call.ALIAS) {
            return STATED;
        }
        return Customer.isBrowser(identity) ? WEAK : STRONG;
    }
}

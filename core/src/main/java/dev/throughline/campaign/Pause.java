// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

/** What becomes of whoever comes to an action (a message, a trait that is set) of a campaign that is paused. */
public enum Pause {
    /** She waits there, and goes on when the campaign is resumed. */
    HOLD,
    /** She leaves. */
    DROP
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

/** Whether a touchpoint is news or history. */
public enum Origin {
    /** It has just happened; it may start journeys. */
    LIVE,
    /** It was brought in from the host's past; it fills profiles, windows and caps and starts no journey. */
    HISTORY
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

/** What somebody may agree to beyond the legal default; each needs words of its own in what the person was shown. */
public enum Agreement {
    /** Messages also outside the legal hours. */
    TIME_CONSENT,
    /** More messages than the legal cap. */
    FREQUENCY_CONSENT
}

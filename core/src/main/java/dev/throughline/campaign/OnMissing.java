// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

/** What becomes of whoever stands at a step that the version she is to be moved to does not have. */
public enum OnMissing {
    /** She leaves, with STEP_MISSING. */
    EXIT,
    /** She goes on at the first step behind hers that the other version has, and leaves with STEP_MISSING if there is none. */
    NEXT,
    /** She stays in the version in which she is, to its end. */
    HOLD
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

/** What becomes of a wait for a date that has passed already, or that is not known. */
public enum IfPast {
    /** The journey goes on at once. */
    PROCEED,
    /** The step behind the wait is left out, and the journey goes on behind that. */
    SKIP,
    /** The journey ends, with the reason PAST or NO_DATE. */
    EXIT
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

/** What a check says. */
public enum Outcome {
    /** Nothing against it. */
    ALLOW,
    /** Allowed after the content was changed. */
    TRANSFORM,
    /** Allowed later. */
    DEFER,
    /** Not allowed. */
    DENY,
    /** Says something and decides nothing. */
    NOTE
}

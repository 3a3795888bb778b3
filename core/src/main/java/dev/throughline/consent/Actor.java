// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

/** Who acted. */
public enum Actor {
    /** The person. */
    SUBJECT,
    /** The person's legal representative. */
    GUARDIAN,
    /** Somebody of the host's, who wrote down what the person said. */
    AGENT,
    /** Software, by a rule. */
    SYSTEM,
    /** A list brought in from elsewhere. */
    IMPORT,
    /** A court or an authority. */
    AUTHORITY
}

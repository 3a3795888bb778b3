// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

/** Why an address is not written to, whoever holds it. */
public enum Suppression {
    /** The address does not exist. */
    HARD_BOUNCE,
    /** Its reader reported a message as spam. */
    COMPLAINT,
    /** The host put it on its list. */
    MANUAL,
    /** A court or an authority ordered it. */
    LEGAL,
    /** Its holder had the data erased. */
    ERASURE,
    /** Its holder has asked that her data are only kept. */
    RESTRICTION,
    /** A reply that may be a refusal waits for a person to read it. */
    REVIEW
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

/** How well a rule's source was read. */
public enum Confidence {
    /** In the text of the law or norm itself, or a verbatim reproduction of the article. */
    T,
    /** In a secondary source: a law firm, a regulator's page, a vendor's documents, the press. */
    S,
    /** From memory, not confirmed. */
    M,
    /** No law says so: a choice of this project or of the host. */
    P
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** What the outbox answers to an {@link Effect.Enqueue}; exactly one per round, but UNKNOWN may be followed by the truth. */
enum Answer {
    ACCEPTED,
    DUPLICATE,
    REJECTED,
    /** Surely not sent: the adapter said so, or the queue was full. */
    NOT_SENT,
    UNKNOWN,
    /** Not sent because {@code sendBefore} passed. */
    LAPSED,
    /** Not sent because a kill switch drops. */
    DROPPED,
    /** Not sent because the contact point took the row back. */
    WITHDRAWN;

    boolean sent() {
        return this == ACCEPTED || this == DUPLICATE;
    }
}

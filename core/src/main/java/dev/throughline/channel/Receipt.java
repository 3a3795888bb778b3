// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * News of a message after it was sent. It is found by our own id if the provider gave it back, else by the provider's.
 *
 * @param id names this piece of news, so that a repeated one is dropped
 * @param message our id, or {@code null}
 * @param reference the provider's id, or {@code null}
 * @param status what happened
 * @param cause why, where it failed; else {@code null}
 * @param occurredAt when, by the provider's clock
 * @param detail the provider's code and words, without personal data
 */
public record Receipt(
        String id,
        @Nullable MessageId message,
        @Nullable String reference,
        Status status,
        @Nullable FailureCause cause,
        Instant occurredAt,
        String detail) {

    /** Changes the reference as {@link SendResult} does. */
    public Receipt {
        reference = References.cleanIfGiven(reference);
    }

    /** What happened to a message, from the sender to the reader. */
    public enum Status {
        /** The provider has it: an unknown outcome turns out sent. */
        ACCEPTED,
        /** On its way, later than hoped. */
        DELAYED,
        /** It has reached the phone or mailbox. */
        DELIVERED,
        /** It was given back for good. */
        BOUNCED,
        /** It was given back, and may work another time. */
        SOFT_BOUNCED,
        /** A link in it was followed. */
        CLICKED,
        /** Its reader has complained. */
        COMPLAINED,
        /** Its reader has unsubscribed by the channel's own means. */
        UNSUBSCRIBED
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A customer has left the journey that a message belongs to, or there is nothing to say to her any more. Remembered by the contact point
 * until the message's validity ends,
 * in case it overtakes its plan.
 *
 * @param message which
 * @param reason why, as a code
 * @param because the event that ended the journey, or why there is nothing to say; empty if nothing is known of it
 * @param validUntil until when it is remembered
 */
public record Cancel(MessageId message, String reason, String because, Instant validUntil) implements Payload {

    /** How it is stored. */
    public static final Codec<Cancel> CODEC = Codec.of(
            (cancel, out) -> {
                out.string(1, cancel.message.value());
                out.string(2, cancel.reason);
                out.string(3, cancel.because);
                out.instant(4, cancel.validUntil);
            },
            in -> new Cancel(new MessageId(in.string(1)), in.string(2), in.string(3), in.instant(4)));
}

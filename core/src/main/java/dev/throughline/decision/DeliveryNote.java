// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * News of a message after it was sent, as a line of the decision log and as a word to the customer; never its verdict.
 *
 * @param message which
 * @param status what happened
 * @param at when, by the provider's clock
 * @param detail the provider's code and words
 */
public record DeliveryNote(MessageId message, Receipt.Status status, Instant at, String detail) implements Payload {

    /** How it is stored. */
    public static final Codec<DeliveryNote> CODEC = Codec.of(
            (note, out) -> {
                out.string(1, note.message.value());
                out.constant(2, note.status);
                out.instant(3, note.at);
                out.string(4, note.detail);
            },
            in -> new DeliveryNote(
                    new MessageId(in.string(1)), in.constant(2, Receipt.Status.DELAYED), in.instant(3), in.string(4)));
}

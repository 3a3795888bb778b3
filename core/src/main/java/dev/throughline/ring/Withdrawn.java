// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.MessageId;
import dev.throughline.wire.Codec;

/**
 * The engine's word that {@link Effect.Cancel} found the message still in the outbox and took it out.
 *
 * @param message which
 */
public record Withdrawn(MessageId message) implements Payload {

    /** How it is stored. */
    public static final Codec<Withdrawn> CODEC = Codec.of(
            (value, out) -> out.string(1, value.message.value()), in -> new Withdrawn(new MessageId(in.string(1))));
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * Somebody has found out what became of a message whose outcome was unknown; the contact point receives it.
 *
 * @param message which
 * @param sent whether it was sent
 * @param who who has found out
 * @param why how
 */
public record Resolved(MessageId message, boolean sent, String who, String why) implements Payload {

    /** How it is stored. */
    public static final Codec<Resolved> CODEC = Codec.of(
            (resolved, out) -> {
                out.string(1, resolved.message.value());
                out.flag(2, resolved.sent);
                out.string(3, resolved.who);
                out.string(4, resolved.why);
            },
            in -> new Resolved(new MessageId(in.string(1)), in.flag(2), in.string(3), in.string(4)));
}

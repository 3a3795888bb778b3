// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Inbound;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * A person has written; the contact point receives it.
 *
 * @param inbound what she wrote
 */
public record Replied(Inbound inbound) implements Payload {

    /** How it is stored. */
    public static final Codec<Replied> CODEC = Codec.of(
            (replied, out) -> {
                Inbound inbound = replied.inbound;
                out.string(1, inbound.id());
                out.string(2, inbound.channel().name());
                out.string(3, inbound.channel().addressKind());
                out.string(4, inbound.from().toString());
                out.string(5, inbound.to());
                out.string(6, inbound.text());
                out.instant(7, inbound.at());
            },
            in -> new Replied(new Inbound(
                    in.string(1),
                    new Channel(in.string(2), in.string(3)),
                    Address.parse(in.string(4)),
                    in.string(5),
                    in.string(6),
                    in.instant(7))));
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A message has its verdict; told to the customer, whose journey goes on.
 *
 * @param message which
 * @param verdict the verdict
 * @param at when it was reached
 */
public record Settled(MessageId message, Verdict verdict, Instant at) implements Payload {

    /** How it is stored. */
    public static final Codec<Settled> CODEC = Codec.of(
            (settled, out) -> {
                out.string(1, settled.message.value());
                out.constant(2, settled.verdict.outcome());
                out.string(3, settled.verdict.reason());
                out.instant(4, settled.at);
            },
            in -> new Settled(
                    new MessageId(in.string(1)),
                    new Verdict(in.constant(2, Verdict.Outcome.UNKNOWN), in.string(3)),
                    in.instant(4)));
}

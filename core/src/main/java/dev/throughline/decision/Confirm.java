// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * A deferred message's time has come: the customer answers with a fresh {@link Plan} of this round, or with {@link Cancel}.
 *
 * @param message which
 * @param round the round that the plan must bear
 */
public record Confirm(MessageId message, int round) implements Payload {

    /** How it is stored. */
    public static final Codec<Confirm> CODEC = Codec.of(
            (confirm, out) -> {
                out.string(1, confirm.message.value());
                out.number(2, confirm.round);
            },
            in -> new Confirm(new MessageId(in.string(1)), (int) in.number(2)));
}

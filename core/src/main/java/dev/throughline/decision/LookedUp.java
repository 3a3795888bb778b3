// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.SendResult;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;

/**
 * What a provider says of a message whose outcome was unknown; the contact point receives it.
 *
 * @param message which
 * @param attempts the attempts that were in doubt when it was asked, from 1: of later ones it says nothing
 * @param found what became of it; unknown if the provider cannot tell yet
 */
public record LookedUp(MessageId message, List<Integer> attempts, SendResult found) implements Payload {

    /** How it is stored. */
    public static final Codec<LookedUp> CODEC = Codec.of(
            (looked, out) -> {
                out.nested(1, Attempted.CODEC, looked.of(0, Instant.EPOCH));
                looked.attempts.forEach(attempt -> out.number(2, attempt));
            },
            in -> {
                var result = in.nested(1, Attempted.CODEC);
                return new LookedUp(result.message(), Open.attempts(in.numbers(2)), result.result());
            });

    /** Copies the list. */
    public LookedUp {
        attempts = List.copyOf(attempts);
    }

    /** The same as the outcome of one attempt. */
    Attempted of(int attempt, Instant at) {
        return new Attempted(message, attempt, at, "", found);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A message waits; told to the customer, so that she can be told why.
 *
 * @param message which
 * @param until until when
 * @param reason why, as a code
 */
public record Deferred(MessageId message, Instant until, String reason) implements Payload {

    /** How it is stored. */
    public static final Codec<Deferred> CODEC = Codec.of(
            (deferred, out) -> {
                out.string(1, deferred.message.value());
                out.instant(2, deferred.until);
                out.string(3, deferred.reason);
            },
            in -> new Deferred(new MessageId(in.string(1)), in.instant(2), in.string(3)));
}

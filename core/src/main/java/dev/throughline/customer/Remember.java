// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * Told by a name that is about to go to what stands for it from then on; the answer lets it go.
 *
 * @param at when it was erased
 */
public record Remember(Instant at) implements Payload {

    /** How it is stored. */
    public static final Codec<Remember> CODEC =
            Codec.of((remember, out) -> out.instant(1, remember.at), in -> new Remember(in.instant(1)));
}

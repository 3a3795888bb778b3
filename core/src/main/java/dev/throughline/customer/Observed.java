// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;

/**
 * A touchpoint has found its customer.
 *
 * @param touchpoint what happened
 */
public record Observed(Touchpoint touchpoint) implements Payload {

    /** How it is stored. */
    public static final Codec<Observed> CODEC = Codec.of(
            (observed, out) -> out.nested(1, Touchpoint.CODEC, observed.touchpoint),
            in -> new Observed(in.nested(1, Touchpoint.CODEC)));
}

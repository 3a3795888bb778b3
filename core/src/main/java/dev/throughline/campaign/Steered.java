// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * Something new is said of a campaign; told by the engine to each customer whom it concerns, see {@link JourneysSlice#concerns}.
 *
 * @param campaign its name
 */
public record Steered(String campaign) implements Payload {

    /** How it is stored. */
    public static final Codec<Steered> CODEC =
            Codec.of((steered, out) -> out.string(1, steered.campaign), in -> new Steered(in.string(1)));
}

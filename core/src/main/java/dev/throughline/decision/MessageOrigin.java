// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.wire.Codec;

/**
 * Where a message comes from, as plain ids.
 *
 * @param campaign the campaign's name
 * @param instance the journey instance's id
 * @param step the step's path
 * @param leg which leg of the step's route, from 0
 * @param message the message's name
 */
public record MessageOrigin(String campaign, String instance, String step, int leg, String message) {

    /** What the answer to a refusal by SMS is named, which no campaign sends. */
    public static final String OPT_OUT_CONFIRMATION = "opt-out-confirmation";

    /** How it is stored. */
    public static final Codec<MessageOrigin> CODEC = Codec.of(
            (origin, out) -> {
                out.string(1, origin.campaign);
                out.string(2, origin.instance);
                out.string(3, origin.step);
                out.number(4, origin.leg);
                out.string(5, origin.message);
            },
            in -> new MessageOrigin(in.string(1), in.string(2), in.string(3), (int) in.number(4), in.string(5)));
}

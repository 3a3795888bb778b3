// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * Somebody wants a customer to go on who has got stuck: her timers, and those of her addresses, are set anew, and what is made of her past
 * is made anew. Done twice, it is done once. A line of her timeline says so.
 *
 * @param who who wants it
 * @param why for what reason
 */
public record Redrive(String who, String why) implements Entry.Named {

    /** How it is stored. */
    public static final Codec<Redrive> CODEC = Codec.of(
            (redrive, out) -> {
                out.string(1, redrive.who);
                out.string(2, redrive.why);
            },
            in -> new Redrive(in.string(1), in.string(2)));

    @Override
    public String id(Instant at) {
        return "redrive/" + at;
    }
}

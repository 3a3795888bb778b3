// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Entry;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * That somebody was shown everything that is held of a customer: a line of her timeline.
 *
 * @param id names the view
 * @param who who has seen it
 * @param why for what reason
 */
public record ViewNote(String id, String who, String why) implements Entry.Named {

    /** How it is stored. */
    public static final Codec<ViewNote> CODEC = Codec.of(
            (note, out) -> {
                out.string(1, note.id);
                out.string(2, note.who);
                out.string(3, note.why);
            },
            in -> new ViewNote(in.string(1), in.string(2), in.string(3)));

    @Override
    public String id(Instant at) {
        return "view/" + id;
    }
}

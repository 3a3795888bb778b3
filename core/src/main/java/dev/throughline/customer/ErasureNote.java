// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody was erased, and on whose word: the one line that is left of a timeline. It stands under an id that leads to nobody.
 *
 * @param who who did it
 * @param why for what reason
 */
public record ErasureNote(String who, String why) implements Entry.Named {

    /** How it is stored. */
    public static final Codec<ErasureNote> CODEC = Codec.of(
            (note, out) -> {
                out.string(1, note.who);
                out.string(2, note.why);
            },
            in -> new ErasureNote(in.string(1), in.string(2)));

    @Override
    public String id(Instant at) {
        return "erasure/" + at;
    }

    @Override
    public Optional<Payload> bare(String subject) {
        return Optional.of(this);
    }
}

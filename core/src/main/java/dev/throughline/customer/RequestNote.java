// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become of a request of a person's: a line of her timeline, which outlives her erasure, because whoever answers has to account for
 * it; it says nothing of her.
 *
 * @param request the request's id
 * @param kind what was asked for
 * @param step what was done with it
 * @param who who has done it
 * @param why how or for what reason
 */
public record RequestNote(String request, String kind, String step, String who, String why) implements Entry.Named {

    /** How it is stored. */
    public static final Codec<RequestNote> CODEC = Codec.of(
            (note, out) -> {
                out.string(1, note.request);
                out.string(2, note.kind);
                out.string(3, note.step);
                out.string(4, note.who);
                out.string(5, note.why);
            },
            in -> new RequestNote(in.string(1), in.string(2), in.string(3), in.string(4), in.string(5)));

    @Override
    public String id(Instant at) {
        return "request/" + request + "/" + step;
    }

    @Override
    public Optional<Payload> bare(String subject) {
        return Optional.of(this);
    }
}

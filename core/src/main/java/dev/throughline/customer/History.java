// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Payload;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;

/**
 * What has happened to some customers. A step asks for it by {@link dev.throughline.ring.Effect.Ask} and gets it back with the answer.
 *
 * @param whose under which ids the timeline is read
 * @param since from when on
 * @param about what the asker wants it for
 * @param touchpoints the answer, the oldest first; empty in the question
 */
public record History(List<CustomerId> whose, Instant since, List<String> about, List<Touchpoint> touchpoints)
        implements Payload {

    /** The name of the port, which the engine answers itself. */
    public static final String PORT = "history";

    /** How it is stored. */
    public static final Codec<History> CODEC = Codec.of(
            (history, out) -> {
                out.each(1, Merge.ID, history.whose);
                out.instant(2, history.since);
                history.about.forEach(one -> out.string(3, one));
                out.each(4, Touchpoint.CODEC, history.touchpoints);
            },
            in -> new History(in.each(1, Merge.ID), in.instant(2), in.strings(3), in.each(4, Touchpoint.CODEC)));

    /** Copies the lists. */
    public History {
        whose = List.copyOf(whose);
        about = List.copyOf(about);
        touchpoints = List.copyOf(touchpoints);
    }

    /**
     * A question.
     *
     * @param whose under which ids the timeline is read
     * @param since from when on
     * @param about what it is wanted for
     * @return the question
     */
    public static History of(List<CustomerId> whose, Instant since, List<String> about) {
        return new History(whose, since, about, List.of());
    }

    /**
     * The answer.
     *
     * @param found what has happened, the oldest first
     * @return the answer
     */
    public History answered(List<Touchpoint> found) {
        return new History(whose, since, about, found);
    }
}

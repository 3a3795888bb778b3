// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.ring.Entry;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A line of a customer's timeline about a journey.
 *
 * @param campaign the campaign's name
 * @param instance the instance's id
 * @param change what happened to it
 * @param because the event that caused it; empty if none did
 */
public record JourneyNote(String campaign, String instance, Change change, String because) implements Entry.Named {

    /** How it is stored. */
    public static final Codec<JourneyNote> CODEC = Codec.of(
            (note, out) -> {
                out.string(1, note.campaign);
                out.string(2, note.instance);
                out.constant(3, note.change);
                out.string(4, note.because);
            },
            in -> new JourneyNote(in.string(1), in.string(2), in.constant(3, Change.ENDED), in.string(4)));

    /** Everything but a response happens to an instance once. */
    @Override
    public String id(Instant at) {
        String id = instance + "/" + change;
        return change == Change.RESPONDED ? id + "/" + at.toEpochMilli() : id;
    }

    /** What can happen to an instance. */
    public enum Change {
        /** She entered. */
        STARTED,
        /** She did not enter, because she may only once. */
        REFUSED,
        /** She left by an exit rule. */
        EXITED,
        /** She was in the same journey twice, because she was known as two; the other one goes on. */
        MERGED,
        /** She responded to a message. */
        RESPONDED,
        /** She came to the end. */
        ENDED
    }
}

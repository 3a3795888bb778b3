// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Entry;
import dev.throughline.wire.Codec;
import java.time.Instant;

/**
 * A line of a customer's timeline: another customer was found to be the same person, or might have been.
 *
 * @param change what became of it
 * @param other the other customer
 * @param because by how sure a tie
 * @param who who has split them; empty for everything else
 * @param why for what reason; empty for everything else
 */
public record MergeNote(Change change, CustomerId other, Tie because, String who, String why) implements Entry.Named {

    /** How it is stored. */
    public static final Codec<MergeNote> CODEC = Codec.of(
            (note, out) -> {
                out.constant(1, note.change);
                out.string(2, note.other.toString());
                out.constant(3, note.because);
                out.string(4, note.who);
                out.string(5, note.why);
            },
            in -> new MergeNote(
                    in.constant(1, Change.ABSORBED),
                    CustomerId.parse(in.string(2)),
                    in.constant(3, Tie.STRONG),
                    in.string(4),
                    in.string(5)));

    /** What can become of two customers who bear one name. */
    public enum Change {
        /** The other one's names, profile, history, consents and journeys are hers from now on. */
        ABSORBED,
        /** Everything of hers is the other one's from now on. */
        MERGED,
        /** They were one and are two again, because somebody has said so. */
        SPLIT,
        /** They stay two, because the rules do not let them be one. */
        REFUSED
    }

    MergeNote(Change change, CustomerId other, Tie because) {
        this(change, other, because, "", "");
    }

    @Override
    public String id(Instant at) {
        return "merge/" + change + "/" + other + "/" + because;
    }
}

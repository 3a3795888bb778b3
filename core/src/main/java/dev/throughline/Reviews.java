// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Withdrawal;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Review;
import dev.throughline.identity.Given;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The replies that may be refusals and that somebody has to read. No advertising goes to their addresses over their channels until then.
 * {@link Setup#replyClassifier} lets a classifier read them first. Thread-safe.
 */
public final class Reviews {

    private final Throughline throughline;

    Reviews(Throughline throughline) {
        this.throughline = throughline;
    }

    /**
     * What waits to be read.
     *
     * @return one for each address and channel, the latest reply of it, in the order of the addresses; read page by page
     */
    public Stream<Review> waiting() {
        return throughline.queries().reviews();
    }

    /**
     * It is a refusal of advertising on its channel. Counts from when the reply came, and stands in the ledger with who has said so.
     *
     * @param review which reply
     * @param who who has read it
     * @return the acknowledgement, once no message leaves that it refuses
     * @throws dev.throughline.identity.ThroughlineException if nobody says who
     */
    public Ack refusal(Review review, String who) {
        Given.required("reviews refusal", "review", review);
        Given.required("reviews refusal", "who", who);
        var refusal = Withdrawal.of(Purpose.ADVERTISING)
                .on(review.channel())
                .actor(Actor.AGENT)
                .method(review.channel().name() + " reply")
                .saying(review.text())
                .proof(who);
        throughline.decided(review.address(), "review", occasion -> refusal.eventsAt(
                        review.address(), at(review.received(), occasion))
                .get(0));
        return noRefusal(review, who, "it is a refusal, and recorded as one");
    }

    private static Occasion at(Instant said, Occasion known) {
        return new Occasion(known.id(), known.holder(), known.controller(), said, known.recordedAt());
    }

    /**
     * It is no refusal: advertising goes on, unless a later reply waits to be read as well.
     *
     * @param review which reply
     * @param who who has read it
     * @param why what else it says
     * @return the acknowledgement
     * @throws dev.throughline.identity.ThroughlineException if nobody says who or why
     */
    public Ack noRefusal(Review review, String who, String why) {
        Given.required("reviews noRefusal", "review", review);
        Given.required("reviews noRefusal", "who", who);
        Given.required("reviews noRefusal", "why", why);
        return throughline.decided(
                review.address(), "review", occasion -> ConsentEvent.read(occasion, review.id(), who, why));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.channel.Inbound;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.decision.Replied;
import dev.throughline.decision.ReplyRead;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Review;
import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
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
     * It is a refusal. Reaches as far as a clear word would, is confirmed as one, counts from when the reply came (from now, if that is more
     * than a week ago), and stands in the ledger with who has said so.
     *
     * @param review which reply
     * @param who who has read it
     * @return the acknowledgement, once no message leaves that it refuses
     * @throws ThroughlineException if nobody says who
     */
    public Ack refusal(Review review, String who) {
        Given.required("reviews refusal", "review", review);
        if (!Identity.isLine(Given.required("reviews refusal", "who", who))) {
            throw new ThroughlineException("reviews refusal by '" + who + "': expected one line that is not empty");
        }
        var reply = new Inbound(
                "review/" + review.id(), review.channel(), review.address(), "", review.text(), review.received());
        throughline.decided(review.address(), new ReplyRead(new Replied(reply), Meaning.OPT_OUT, who));
        return noRefusal(review, who, "it is a refusal, and recorded as one");
    }

    /**
     * It is no refusal: advertising goes on, unless a later reply waits to be read as well.
     *
     * @param review which reply
     * @param who who has read it
     * @param why what else it says
     * @return the acknowledgement
     * @throws ThroughlineException if nobody says who or why
     */
    public Ack noRefusal(Review review, String who, String why) {
        Given.required("reviews noRefusal", "review", review);
        Given.required("reviews noRefusal", "who", who);
        Given.required("reviews noRefusal", "why", why);
        return throughline.decided(
                review.address(), "review", occasion -> ConsentEvent.read(occasion, review.id(), who, why));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.Inbound;
import dev.throughline.consent.OptOutWords.Meaning;
import dev.throughline.consent.ReplyClassifier;
import dev.throughline.ring.Question;
import java.time.Duration;

/**
 * Asks the host's classifier what a reply means.
 *
 * @param reply the reply
 */
public record ReplyQuestion(Inbound reply) implements Question {

    /** The port's name. */
    public static final String PORT = "replies";

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(ReplyClassifier.SECONDS);
    }

    /**
     * The answer.
     *
     * @param meaning what the classifier says
     * @return the answer
     */
    public ReplyRead answered(Meaning meaning) {
        return new ReplyRead(new Replied(reply), meaning, "");
    }

    @Override
    public ReplyRead unanswered(Lack lack, String detail) {
        return new ReplyRead(new Replied(reply), null, "");
    }
}

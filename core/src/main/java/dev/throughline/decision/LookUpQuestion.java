// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.Sought;
import dev.throughline.ring.Question;
import java.time.Duration;
import java.util.List;

/**
 * Asks a channel's adapter what became of a message.
 *
 * @param sought the message
 * @param attempts the attempts that are in doubt, from 1
 */
public record LookUpQuestion(Sought sought, List<Integer> attempts) implements Question {

    /** The beginning of the name of the port; the channel's name follows. */
    public static final String PORT = "look-up/";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** Copies the list. */
    public LookUpQuestion {
        attempts = List.copyOf(attempts);
    }

    @Override
    public Duration deadline() {
        return DEADLINE;
    }

    /**
     * The answer.
     *
     * @param found what the adapter has found out
     * @return the answer
     */
    public LookedUp answered(SendResult found) {
        return new LookedUp(sought.id(), attempts, found);
    }

    @Override
    public LookedUp unanswered(Lack lack, String detail) {
        return answered(new SendResult.Unknown(FailureCause.NETWORK, List.of(), lack.name()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** One message under way. It ends once, by an answer or by its deadline, whichever comes first. */
final class Attempt {

    private enum Phase {
        WAITING,
        WRITTEN,
        OVER
    }

    private final Submission submission;
    private final CompletableFuture<SendResult> result = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private final List<String> references = new CopyOnWriteArrayList<>();

    Attempt(Submission submission) {
        this.submission = submission;
    }

    Submission submission() {
        return submission;
    }

    CompletableFuture<SendResult> result() {
        return result;
    }

    List<String> references() {
        return List.copyOf(references);
    }

    /** From now on its silence means that it may have been sent. False if its deadline was first. */
    boolean begin() {
        return phase.compareAndSet(Phase.WAITING, Phase.WRITTEN);
    }

    boolean isOver() {
        return phase.get() == Phase.OVER;
    }

    /** Which part comes next, from 0. */
    int nextPart() {
        return references.size();
    }

    boolean isComplete() {
        return references.size() == submission.parts();
    }

    void accepted(String reference) {
        references.add(reference);
    }

    /** Whoever waits for the result is told on a thread that is not ours. */
    void end(SendResult outcome) {
        if (phase.getAndSet(Phase.OVER) != Phase.OVER) {
            result.completeAsync(() -> outcome);
        }
    }

    /** A refusal after parts were taken leaves a person with a piece of a message: nobody may send it again unasked. */
    void refuse(SendResult refusal, String why) {
        String words = references.size() + " of " + submission.parts() + " parts were taken, then: " + why;
        end(references.isEmpty() ? refusal : new SendResult.Unknown(FailureCause.UNCLASSIFIED, references(), words));
    }

    /** Ends it as what is known when time is over, or the session. */
    void giveUp(String why, Duration retryAfter) {
        if (phase.compareAndSet(Phase.WAITING, Phase.OVER)) {
            var notSent = new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, retryAfter, why);
            result.completeAsync(() -> notSent);
        } else {
            end(new SendResult.Unknown(FailureCause.NETWORK, references(), why));
        }
    }
}

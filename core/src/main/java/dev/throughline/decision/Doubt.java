// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.SendResult;
import dev.throughline.decision.Open.Phase;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a late result says of an attempt whose outcome was unknown, because its sender was taken for lost, and then was not, or what
 * somebody has found out. It is heard once for each attempt. Lives for one step.
 */
final class Doubt {

    private final Desk desk;
    private final News news;

    Doubt(Desk desk, News news) {
        this.desk = desk;
        this.news = news;
    }

    void cleared(Attempted attempted) {
        cleared(attempted, Checks.dispatched(attempted));
    }

    /** What a provider says when it is asked is said of each attempt that was in doubt then. */
    void lookedUp(LookedUp looked) {
        Verdict truth = truth(looked.found());
        if (truth == null) {
            return;
        }
        var values = Map.of("status", truth.toString());
        var why = new Finding("dispatch", "", Outcome.NOTE, "LOOKED_UP", values);
        looked.attempts().forEach(attempt -> cleared(looked.of(attempt, desk.now()), why));
    }

    private void cleared(Attempted attempted, Finding why) {
        Open open = desk.open(attempted.message());
        Closed done = desk.closed(attempted.message());
        Verdict truth = truth(attempted.result());
        if (truth == null) {
            return;
        }
        if (open != null && open.doubtful().contains(attempted.attempt())) {
            cleared(open, truth, attempted, why);
        } else if (done != null && done.trace().doubtful().contains(attempted.attempt())) {
            cleared(done, truth, attempted, why);
        } else {
            return;
        }
        if (attempted.result() instanceof SendResult.Rejected rejected) {
            news.suppress(rejected.cause(), rejected.scope(), attempted.message(), desk.now());
        }
    }

    /** Of a message that has the verdict UNKNOWN; one that is on its way, or known by now, is left to itself. */
    void resolved(Resolved said) {
        Closed message = desk.closed(said.message());
        if (message == null || !message.isUnknown()) {
            return;
        }
        var values = Map.of("status", said.sent() ? "SENT" : "NOT_SENT", "who", said.who(), "why", said.why());
        var why = new Finding("dispatch", "", Outcome.NOTE, "CONFIRMED_LATER", values);
        if (said.sent()) {
            news.corrected(message, Verdict.SENT, why);
            return;
        }
        Trace trace = message.trace();
        for (int attempt : message.trace().doubtful()) {
            trace = trace.disproved(attempt);
        }
        desk.giveBack(message);
        news.corrected(message.leaving(trace), Verdict.failed("NOT_SENT"), why);
    }

    /** Nothing if it is still not known. */
    private static @Nullable Verdict truth(SendResult result) {
        if (result instanceof SendResult.Rejected rejected) {
            return Verdict.failed(rejected.cause().name());
        }
        if (result instanceof SendResult.NotSent notSent) {
            return Verdict.failed(notSent.cause().name());
        }
        return result instanceof SendResult.Unknown ? null : Verdict.SENT;
    }

    /** What was sent is not sent again; else its resend goes on, and draws for itself once no attempt is in doubt. */
    private void cleared(Open message, Verdict truth, Attempted attempted, Finding why) {
        boolean enqueued = message.phase() == Phase.ENQUEUED;
        if (!truth.equals(Verdict.SENT)) {
            Open left = message.disproved(attempted.attempt());
            boolean undrawn = !left.isDoubtful() && !enqueued;
            if (undrawn) {
                desk.giveBack(left);
            }
            desk.put(undrawn ? left.undrawn() : left);
        } else if (enqueued) {
            desk.stop(message.noted(why), truth);
        } else {
            desk.settle(message.noted(why), truth, attempted.references());
        }
    }

    /** Sent if one attempt was; failed only when none is in doubt any more. */
    private void cleared(Closed message, Verdict truth, Attempted attempted, Finding why) {
        if (truth.equals(Verdict.SENT)) {
            news.corrected(message.leaving(message.trace().referring(attempted.references())), truth, why);
            return;
        }
        Closed left = message.leaving(message.trace().disproved(attempted.attempt()));
        if (left.trace().doubtful().isEmpty()) {
            desk.giveBack(message);
            news.corrected(left, truth, why);
        } else {
            desk.replace(left);
        }
    }
}

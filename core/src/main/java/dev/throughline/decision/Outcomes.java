// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Open.Phase;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.ring.Effects;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a message in the outbox: it comes back, or an attempt ends. Lives for one step. */
final class Outcomes {

    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LAST_RETRY = Duration.ofDays(1);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);

    private final Desk desk;
    private final DecisionRules rules;
    private final Checks checks;
    private final Instant now;
    private final Effects out;

    Outcomes(Desk desk, DecisionRules rules, Checks checks) {
        this.desk = desk;
        this.rules = rules;
        this.checks = checks;
        this.now = desk.now();
        this.out = desk.out();
    }

    void recalled(Recalled recalled) {
        Open message = desk.enqueued(recalled.message(), recalled.attempt());
        if (message == null) {
            return;
        }
        Verdict fate = message.fate();
        Open noted = fate == null ? denied(message, recalled) : message;
        switch (recalled.why()) {
            case OVERDUE -> out.cancel(recalled.message());
            case KILL_SWITCH, JOURNEY_STOPPED ->
                desk.stop(noted, fate == null ? Verdict.cancelled(recalled.why().name()) : fate);
            case DELIVERY_MODE -> unsent(noted, Verdict.skipped("DELIVERY_MODE"));
            case APPROVAL_WITHDRAWN -> unapproved(noted);
        }
    }

    private void unapproved(Open message) {
        if (message.fate() == null) {
            desk.giveBack(message);
            desk.defer(message.unheld(), now, Recalled.Why.APPROVAL_WITHDRAWN.name());
        } else {
            unsent(message, message.fate());
        }
    }

    /** Ends as it was to, or else with this verdict; what a receipt has proven was sent all the same. */
    private void unsent(Open message, Verdict verdict) {
        Verdict end = message.fate() == null ? verdict : message.fate();
        if (!Verdict.SENT.equals(end)) {
            desk.giveBack(message);
        }
        desk.settle(message, end, List.of());
    }

    /** The message has come back from the outbox unsent: it ends as it was to, or is decided again. */
    void withdrawn(MessageId id) {
        Open message = desk.open(id);
        if (message == null || message.phase() != Phase.ENQUEUED) {
            return;
        }
        Verdict fate = message.fate();
        if (fate != null) {
            unsent(message, fate);
        } else {
            desk.giveBack(message);
            Open lapsed = message.lapsed().unheld();
            Instant again = now.plus(FIRST_WAIT.multipliedBy(1L << Math.min(lapsed.lapses() - 1, 6)));
            var finding = new Finding("dispatch", "", Outcome.DEFER, "LAPSED", Map.of("until", again.toString()));
            desk.defer(lapsed.noted(finding), again, "LAPSED");
        }
    }

    void attempted(Attempted attempted) {
        Open message = desk.enqueued(attempted.message(), attempted.attempt());
        if (message == null) {
            new Doubt(desk, news()).cleared(attempted);
            return;
        }
        Open noted = message.noted(Checks.dispatched(attempted));
        SendResult result = attempted.result();
        boolean proven = Verdict.SENT.equals(message.fate());
        if (proven || result instanceof SendResult.Accepted || result instanceof SendResult.Duplicate) {
            desk.sent(noted);
            desk.settle(noted, Verdict.SENT, attempted.references());
        } else if (result instanceof SendResult.Rejected rejected) {
            unsent(noted, Verdict.failed(rejected.cause().name()));
            news().suppress(rejected.cause(), rejected.scope(), message.plan().id(), now);
        } else if (result instanceof SendResult.NotSent notSent) {
            desk.giveBack(message);
            retry(noted.attempted().unheld(), notSent.retryAfter());
        } else if (result instanceof SendResult.Unknown unknown) {
            desk.sent(noted);
            unknown(noted, unknown, attempted.references());
        }
    }

    private News news() {
        return new News(desk, rules, checks);
    }

    private void unknown(Open message, SendResult.Unknown unknown, List<String> references) {
        new Inquiry(desk, rules).begin(message.plan().id(), message.plan().channel());
        if (message.plan().resendWhenUnknown() && message.fate() == null) {
            retry(message.inDoubt(), null);
        } else {
            desk.settle(message.inDoubt(), Verdict.unknown(unknown.cause().name()), references);
        }
    }

    private void retry(Open message, @Nullable Duration retryAfter) {
        Verdict fate = message.fate();
        if (fate != null) {
            desk.settle(message, fate, List.of());
            return;
        }
        Duration backoff = FIRST_RETRY.multipliedBy(1L << Math.min(2 * (message.attempts() - 1), 12));
        desk.defer(message, retryAt(message, backoff, retryAfter == null ? FIRST_RETRY : retryAfter), "RETRY");
    }

    /** After the backoff; but a message is tried once more just before its validity ends, unless the provider wants to be left alone. */
    private Instant retryAt(Open message, Duration backoff, Duration atLeast) {
        Duration wait = atLeast.compareTo(backoff) > 0 ? atLeast : backoff;
        Instant next = now.plus(wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait);
        Instant last = message.plan().validUntil().minus(FIRST_RETRY);
        return next.isAfter(last) && !last.isBefore(now.plus(atLeast)) ? last : next;
    }

    private static Open denied(Open message, Recalled recalled) {
        String detail = recalled.detail();
        var values = detail.isEmpty() ? Map.<String, String>of() : Map.of("detail", detail);
        return message.noted(
                new Finding("dispatch", "", Outcome.DENY, recalled.why().name(), values));
    }
}

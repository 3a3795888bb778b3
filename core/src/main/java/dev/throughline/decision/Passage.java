// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.decision.Open.Phase;
import dev.throughline.policy.Facts;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.pool.Hold;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.pool.Settle;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message's way from its plan through the list's answer and the pools' to the outbox. Whatever defers it leads back to a fresh
 * plan, so that nothing is sent on what was true earlier. Lives for one step.
 */
final class Passage {

    /** How long a decision is good for; after it the row is decided again. */
    private static final Duration TICKET = Duration.ofMinutes(10);

    private static final Duration ANSWER = Duration.ofMinutes(10);

    private final Desk desk;
    private final DecisionRules rules;
    private final Checks checks;
    private final Instant now;
    private final Effects out;

    Passage(Desk desk, DecisionRules rules, Checks checks) {
        this.desk = desk;
        this.rules = rules;
        this.checks = checks;
        this.now = desk.now();
        this.out = desk.out();
    }

    void planned(Plan plan) {
        Closed done = desk.closed(plan.id());
        Open known = desk.open(plan.id());
        if (done != null && !done.isPlanned()) {
            var finding =
                    new Finding("journey", "", Outcome.DENY, done.verdict().reason(), Map.of());
            desk.settle(Open.of(plan).noted(finding), done.verdict(), List.of());
        } else if (done != null) {
            out.tell(plan.person().customer(), new Settled(plan.id(), done.verdict(), done.at()));
        } else if (known == null && plan.round() == 0) {
            decide(Open.of(plan));
        } else if (known != null
                && known.phase() == Phase.CONFIRMING
                && known.plan().round() + 1 == plan.round()) {
            decide(known.planned(plan));
        }
    }

    void cancelled(Cancel cancel) {
        Open message = desk.open(cancel.message());
        Verdict verdict = cancellation(cancel);
        if (message != null && message.fate() != null) {
            return; // on its way back already
        }
        if (message != null) {
            String about = verdict.outcome() == Verdict.Outcome.CANCELLED ? "event" : "detail";
            var values = cancel.because().isEmpty() ? Map.<String, String>of() : Map.of(about, cancel.because());
            var finding = new Finding("journey", "", Outcome.DENY, cancel.reason(), values);
            desk.stop(message.noted(finding), verdict);
        } else if (desk.closed(cancel.message()) == null && cancel.validUntil().isAfter(now)) {
            desk.remember(new Closed(cancel.message(), verdict, now, cancel.validUntil()));
        }
    }

    /** A template that has nothing to say any more is no cancellation by the journey. */
    private static Verdict cancellation(Cancel cancel) {
        return switch (cancel.reason()) {
            case "ABORTED" -> Verdict.skipped(cancel.reason());
            case "RENDER_FAILED" -> Verdict.failed(cancel.reason());
            default -> Verdict.cancelled(cancel.reason());
        };
    }

    void answered(RegistryCheck answer) {
        Open message = desk.open(answer.message());
        if (message != null && message.phase() == Phase.ASKING && message.plan().round() == answer.round()) {
            decide(message.asked(answer.results()));
        }
    }

    void held(HoldAnswer answer) {
        Open message = desk.find(answer.id());
        if (message == null
                || message.phase() != Phase.HOLDING
                || message.held().contains(answer.pool())) {
            reminded(answer, message);
            return;
        }
        if (!answer.held()) {
            desk.release(message, message.plan().pools());
            refused(message.holding(List.of()), answer);
            return;
        }
        var held = new ArrayList<>(message.held());
        held.add(answer.pool());
        Open more = message.holding(held);
        if (held.size() == message.plan().pools().size()) {
            enqueue(more);
        } else {
            desk.put(more);
        }
    }

    /** A pool that reminds of a hold has missed its end, and hears it again. */
    private void reminded(HoldAnswer answer, @Nullable Open message) {
        boolean waits = message != null && message.phase() == Phase.HOLDING;
        if (answer.held() && !waits) {
            boolean spent = (message != null && (message.phase() == Phase.ENQUEUED || message.isDoubtful()))
                    || desk.closed().stream()
                            .anyMatch(done -> done.trace().spent().contains(answer.id()));
            out.tell(Key.pool(answer.pool()), new Settle(answer.id(), spent, now.plus(Desk.REMEMBERED)));
        }
    }

    private void refused(Open message, HoldAnswer answer) {
        var finding = new Finding(
                "pool",
                "",
                answer.retryAt() == null ? Outcome.DENY : Outcome.DEFER,
                answer.retryAt() == null ? "POOL_EMPTY" : "POOL_HELD",
                Map.of("pool", answer.pool()));
        Open found = message.noted(finding);
        if (answer.retryAt() == null) {
            desk.settle(found, Verdict.skipped("POOL_EMPTY"), List.of());
        } else {
            desk.defer(found, answer.retryAt(), "POOL_HELD");
        }
    }

    void due(Input.Due due) {
        String timer = due.timer();
        if (timer.equals(Desk.FORGETTING)) {
            desk.forget(due.due());
            return;
        }
        for (Open message : desk.open()) {
            if (message.phase() == Phase.ENQUEUED && lost(message).equals(timer)) {
                boolean proven = Verdict.SENT.equals(message.fate());
                Verdict verdict = proven ? Verdict.SENT : Verdict.unknown(FailureCause.UNCLASSIFIED.name());
                new Inquiry(desk, rules)
                        .begin(message.plan().id(), message.plan().channel());
                desk.settle(message.inDoubt(), verdict, List.of());
            } else if (message.timer().equals(timer) && !message.until().isAfter(now)) {
                due(message);
            }
        }
    }

    private void due(Open message) {
        if (!message.plan().validUntil().isAfter(now) && message.phase() != Phase.ENQUEUED) {
            desk.release(message, message.held());
            desk.settle(message, expired(message), List.of());
            return;
        }
        switch (message.phase()) {
            case DEFERRED, CONFIRMING -> confirm(message);
            case ASKING -> decide(message);
            case HOLDING -> {
                desk.release(message, message.plan().pools());
                desk.defer(message.holding(List.of()), now, "POOL_HELD");
            }
            case ENQUEUED -> {
                out.cancel(message.plan().id());
                out.setTimer(lost(message), now.plus(Desk.SILENCE));
            }
        }
    }

    /** Neither withdrawn nor attempted an hour after the outbox was asked: the news of it must have been lost. */
    static String lost(Open message) {
        return "lost/" + message.plan().id() + "/" + message.plan().round();
    }

    private static Verdict expired(Open message) {
        return message.attempts() > 0 ? Verdict.failed("EXPIRED") : Verdict.skipped("EXPIRED");
    }

    private void confirm(Open message) {
        Open confirming = message.in(Phase.CONFIRMING, earliest(message.plan().validUntil(), now.plus(Desk.SILENCE)));
        desk.put(confirming);
        out.setTimer(confirming.timer(), confirming.until());
        if (isOwn(message.plan())) {
            decide(confirming.planned(message.plan().again()));
        } else {
            out.tell(
                    message.plan().person().customer(),
                    new Confirm(message.plan().id(), message.plan().round() + 1));
        }
    }

    /** A message of the contact point's own: no journey stands behind it that could be asked. */
    private static boolean isOwn(Plan plan) {
        return plan.origin().instance().isEmpty();
    }

    /** Runs the checks; asks the list and the pools where that is needed, and enqueues when all have answered. */
    private void decide(Open message) {
        Plan plan = message.plan();
        if (!plan.validUntil().isAfter(now)) {
            desk.settle(message, expired(message), List.of());
            return;
        }
        Facts facts = checks.facts(plan, desk);
        if (message.registry() == null && asked(message, facts)) {
            return;
        }
        Findings findings = check(message, facts);
        if (ended(message, findings)) {
            return;
        }
        if (plan.pools().isEmpty() || message.isDoubtful() || rules.disabled().contains("pool")) {
            enqueue(message, findings);
        } else {
            hold(message.checked(findings.list(), rules.policy()), findings);
        }
    }

    /** Whether lists must answer first; each round asks them anew. */
    private boolean asked(Open message, Facts facts) {
        Plan plan = message.plan();
        var registries = checks.registries(facts);
        if (registries.isEmpty()) {
            return false;
        }
        Open asking = message.in(Phase.ASKING, now.plus(ANSWER));
        desk.put(asking);
        out.setTimer(asking.timer(), asking.until());
        out.ask(
                RegistryCheck.PORT,
                new RegistryCheck(plan.id(), plan.round(), desk.address(), plan.channel(), registries, Map.of()));
        return true;
    }

    private Findings check(Open message, Facts facts) {
        Findings findings = checks.run(message, facts, desk.slots());
        if (isAsked(message.plan())) {
            var until = Map.of("until", now.plus(TICKET).toString());
            findings.add(List.of(new Finding("request", "", Outcome.DEFER, "REQUEST_UNDER_WAY", until)));
        }
        return findings;
    }

    /** One request for consent at a time: what becomes of the first says whether there may be a second. */
    private boolean isAsked(Plan plan) {
        return plan.asksForConsent()
                && desk.open().stream()
                        .anyMatch(other -> other.phase() == Phase.ENQUEUED
                                && other.plan().asksForConsent()
                                && !other.plan().id().equals(plan.id()));
    }

    /** Whether the checks have ended or deferred the message. */
    private boolean ended(Open message, Findings findings) {
        if (findings.verdict() != null) {
            desk.release(message, message.held());
            desk.settle(message.checked(findings.list(), rules.policy()), findings.verdict(), List.of());
            return true;
        }
        Finding later = findings.deferral();
        if (later == null) {
            return false;
        }
        desk.release(message, message.held());
        Open found = message.unheld().checked(findings.list(), rules.policy());
        if (later.until().isBefore(message.plan().validUntil())) {
            desk.defer(found, later.until(), later.reason());
        } else {
            desk.settle(found, Verdict.skipped(later.reason()), List.of());
        }
        return true;
    }

    private void hold(Open message, Findings findings) {
        Open holding = message.in(Phase.HOLDING, now.plus(ANSWER)).holding(List.of());
        desk.put(holding);
        out.setTimer(holding.timer(), holding.until());
        for (String pool : message.plan().pools()) {
            out.tell(
                    Key.pool(pool),
                    new Hold(holding.hold(), findings.amount(rules.pools().get(pool)), holding.until()));
        }
    }

    /** All pools have answered: what was true before is checked again. */
    private void enqueue(Open message) {
        Facts facts = checks.facts(message.plan(), desk);
        Findings findings = check(message, facts);
        if (!ended(message, findings)) {
            enqueue(message, findings);
        }
    }

    private void enqueue(Open message, Findings findings) {
        Plan plan = message.plan();
        Instant sendBefore = earliest(earliest(plan.validUntil(), now.plus(TICKET)), findings.windowEnd());
        Open enqueued = message.enqueued(findings.list(), rules.policy(), sendBefore.plus(Desk.SILENCE));
        desk.put(enqueued);
        out.setTimer(enqueued.timer(), enqueued.until());
        desk.count(plan.id(), findings.capScopes(), sendBefore);
        if (!message.isDoubtful()) {
            message.held().forEach(pool -> desk.settlePool(pool, message, true));
        }
        var outbound = new Outbound(
                plan.id(),
                plan.round() + 1,
                desk.address(),
                findings.sender(),
                plan.messageClass(),
                findings.content(),
                earliest(plan.validUntil(), findings.windowEnd()),
                findings.unsubscribe());
        out.enqueue(new Outgoing(
                outbound,
                plan.channel(),
                desk.key(),
                plan.person().customer(),
                plan.origin().campaign(),
                now,
                sendBefore,
                rules.approvals().isRequired() && !plan.isProof() ? plan.said().hash() : ""));
    }

    private static Instant earliest(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }
}

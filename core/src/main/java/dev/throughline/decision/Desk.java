// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentScope;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Occasion;
import dev.throughline.consent.Suppression;
import dev.throughline.decision.ContactPoint.Slot;
import dev.throughline.decision.Open.Phase;
import dev.throughline.identity.CustomerId;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.pool.Hold;
import dev.throughline.pool.HoldAnswer;
import dev.throughline.pool.Settle;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One step of one contact point. Lives for the step; what it changed is a new {@link ContactPoint}.
 *
 * <p>A message goes from its plan through the list's answer and the pools' to the outbox, and from there to its verdict. Whatever
 * defers it leads back to a fresh plan, so that nothing is sent on what was true earlier.
 */
final class Desk {

    /** How long a decision is good for; after it the row is decided again. */
    private static final Duration TICKET = Duration.ofMinutes(10);

    private static final Duration ANSWER = Duration.ofMinutes(10);

    /** How long an answer may take until it is asked for again. */
    private static final Duration SILENCE = Duration.ofHours(1);

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofDays(7);
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final Duration LAST_RETRY = Duration.ofDays(1);
    private static final String FORGETTING = "forget";
    private static final int MOST_HEARD = 32;

    private final ContactPoint before;
    private final DecisionRules rules;
    private final Checks checks;
    private final Instant now;
    private final Effects out;

    private final Map<MessageId, Open> open;
    private final Map<MessageId, Closed> closed;
    private List<CustomerId> holders;
    private ConsentState consent;
    private List<Slot> slots;
    private List<String> heard;
    private boolean changed;

    Desk(ContactPoint point, DecisionRules rules, Checks checks, Instant now, Effects out) {
        this.before = point;
        this.rules = rules;
        this.checks = checks;
        this.now = now;
        this.out = out;
        this.open = new TreeMap<>(point.open());
        this.closed = new TreeMap<>(point.closed());
        this.holders = point.holders();
        this.consent = point.consent();
        this.slots = point.slots();
        this.heard = point.heard();
    }

    /** The contact point after the step. */
    ContactPoint result() {
        if (!changed) {
            return before;
        }
        var counting = slots.stream()
                .filter(slot -> slot.at().plus(REMEMBERED).isAfter(now))
                .toList();
        return new ContactPoint(
                before.address(),
                holders,
                consent,
                counting,
                Collections.unmodifiableMap(open),
                Collections.unmodifiableMap(closed),
                heard,
                before.unknown());
    }

    void linked(CustomerId customer) {
        if (!holders.contains(customer)) {
            var more = new ArrayList<>(holders);
            more.add(customer);
            holders = List.copyOf(more);
            changed = true;
        }
    }

    void planned(Plan plan) {
        Closed done = closed.get(plan.id());
        Open known = open.get(plan.id());
        if (done != null && done.origin() == null) {
            settle(Open.of(plan), done.verdict(), List.of());
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
        Open message = open.get(cancel.message());
        Verdict verdict = cancellation(cancel);
        if (message != null) {
            var values = cancel.because().isEmpty() ? Map.<String, String>of() : Map.of("event", cancel.because());
            var finding = new Finding("journey", "", Outcome.DENY, cancel.reason(), values);
            stop(message.found(appended(message.findings(), finding)), verdict);
        } else if (!closed.containsKey(cancel.message()) && cancel.validUntil().isAfter(now)) {
            remember(new Closed(
                    cancel.message(),
                    verdict,
                    now,
                    cancel.validUntil(),
                    null,
                    null,
                    MessageClass.MARKETING,
                    null,
                    List.of(),
                    List.of()));
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
        Open message = open.get(answer.message());
        if (message != null && message.phase() == Phase.ASKING && message.plan().round() == answer.round()) {
            decide(message.asked(answer.results()));
        }
    }

    void held(HoldAnswer answer) {
        Open message = find(answer.id());
        if (message == null
                || message.phase() != Phase.HOLDING
                || message.held().contains(answer.pool())) {
            reminded(answer, message);
            return;
        }
        if (!answer.held()) {
            release(message, message.plan().pools());
            refused(message.holding(List.of()), answer);
            return;
        }
        var held = new ArrayList<>(message.held());
        held.add(answer.pool());
        Open more = message.holding(held);
        if (held.size() == message.plan().pools().size()) {
            enqueue(more);
        } else {
            put(more);
        }
    }

    /** A pool that reminds of a hold has missed its end, and hears it again. */
    private void reminded(HoldAnswer answer, @Nullable Open message) {
        boolean waits = message != null && message.phase() == Phase.HOLDING;
        if (answer.held() && !waits) {
            boolean spent = (message != null && message.phase() == Phase.ENQUEUED)
                    || closed.values().stream().anyMatch(done -> done.spent().contains(answer.id()));
            out.tell(Key.pool(answer.pool()), new Settle(answer.id(), spent, now.plus(REMEMBERED)));
        }
    }

    private void refused(Open message, HoldAnswer answer) {
        var finding = new Finding(
                "pool",
                "",
                answer.retryAt() == null ? Outcome.DENY : Outcome.DEFER,
                answer.retryAt() == null ? "POOL_EMPTY" : "POOL_HELD",
                Map.of("pool", answer.pool()));
        Open found = message.found(appended(message.findings(), finding));
        if (answer.retryAt() == null) {
            settle(found, Verdict.skipped("POOL_EMPTY"), List.of());
        } else {
            defer(found, answer.retryAt(), "POOL_HELD");
        }
    }

    void due(Input.Due due) {
        String timer = due.timer();
        if (timer.equals(FORGETTING)) {
            forget(due.due());
            return;
        }
        for (Open message : List.copyOf(open.values())) {
            if (message.phase() == Phase.ENQUEUED && lost(message).equals(timer)) {
                settle(message, unknown(FailureCause.UNCLASSIFIED.name()), List.of());
            } else if (message.timer().equals(timer) && !message.until().isAfter(now)) {
                due(message);
            }
        }
    }

    private void due(Open message) {
        if (!message.plan().validUntil().isAfter(now) && message.phase() != Phase.ENQUEUED) {
            release(message, message.held());
            settle(message, expired(message), List.of());
            return;
        }
        switch (message.phase()) {
            case DEFERRED -> confirm(message);
            case ASKING -> decide(message);
            case HOLDING -> {
                release(message, message.plan().pools());
                defer(message.holding(List.of()), now, "POOL_HELD");
            }
            case CONFIRMING -> confirm(message);
            case ENQUEUED -> {
                out.cancel(message.plan().id());
                out.setTimer(lost(message), now.plus(SILENCE));
            }
        }
    }

    /** Neither withdrawn nor attempted an hour after the outbox was asked: the news of it must have been lost. */
    private static String lost(Open message) {
        return "lost/" + message.hold();
    }

    private static Verdict expired(Open message) {
        return message.attempts() > 0 ? Verdict.failed("EXPIRED") : Verdict.skipped("EXPIRED");
    }

    private void confirm(Open message) {
        Open confirming = message.in(Phase.CONFIRMING, earliest(message.plan().validUntil(), null, now.plus(SILENCE)));
        put(confirming);
        out.setTimer(confirming.timer(), confirming.until());
        out.tell(
                message.plan().person().customer(),
                new Confirm(message.plan().id(), message.plan().round() + 1));
        if (message.plan().person().customer().kind() == Key.Kind.CONTACT_POINT) {
            decide(confirming.planned(message.plan().again()));
        }
    }

    /** Runs the checks; asks the list and the pools where that is needed, and enqueues when all have answered. */
    private void decide(Open message) {
        Plan plan = message.plan();
        if (!plan.validUntil().isAfter(now)) {
            settle(message, expired(message), List.of());
            return;
        }
        if (message.registry() == null && asked(message)) {
            return;
        }
        Findings findings = check(message);
        if (ended(message, findings)) {
            return;
        }
        if (plan.pools().isEmpty() || rules.disabled().contains("pool")) {
            enqueue(message, findings);
        } else {
            hold(message.found(history(message, findings.list())), findings);
        }
    }

    /** Whether lists must answer first; each round asks them anew. */
    private boolean asked(Open message) {
        Plan plan = message.plan();
        var registries = checks.registries(plan, before.address(), consent, now);
        if (registries.isEmpty()) {
            return false;
        }
        Open asking = message.in(Phase.ASKING, now.plus(ANSWER));
        put(asking);
        out.setTimer(asking.timer(), asking.until());
        out.ask(
                RegistryCheck.PORT,
                new RegistryCheck(plan.id(), plan.round(), before.address(), plan.channel(), registries, Map.of()));
        return true;
    }

    private Findings check(Open message) {
        return checks.run(message, before.address(), consent, slots, now);
    }

    /** Whether the checks have ended or deferred the message. */
    private boolean ended(Open message, Findings findings) {
        if (findings.verdict() != null) {
            release(message, message.held());
            settle(message.found(history(message, findings.list())), findings.verdict(), List.of());
            return true;
        }
        Finding later = findings.deferral();
        if (later == null) {
            return false;
        }
        release(message, message.held());
        Open found = message.holding(List.of()).found(history(message, findings.list()));
        if (later.until().isBefore(message.plan().validUntil())) {
            defer(found, later.until(), later.reason());
        } else {
            settle(found, Verdict.skipped(later.reason()), List.of());
        }
        return true;
    }

    private void hold(Open message, Findings findings) {
        Open holding = message.in(Phase.HOLDING, now.plus(ANSWER)).holding(List.of());
        put(holding);
        out.setTimer(holding.timer(), holding.until());
        for (String pool : message.plan().pools()) {
            out.tell(
                    Key.pool(pool),
                    new Hold(holding.hold(), findings.amount(rules.pools().get(pool)), holding.until()));
        }
    }

    /** All pools have answered: what was true before is checked again. */
    private void enqueue(Open message) {
        Findings findings = check(message);
        if (!ended(message, findings)) {
            enqueue(message, findings);
        }
    }

    private void enqueue(Open message, Findings findings) {
        Plan plan = message.plan();
        Instant sendBefore = earliest(plan.validUntil(), findings.windowEnd(), now.plus(TICKET));
        Open enqueued = message.found(history(message, findings.list())).in(Phase.ENQUEUED, sendBefore.plus(SILENCE));
        put(enqueued);
        out.setTimer(enqueued.timer(), enqueued.until());
        var more = new ArrayList<>(slots);
        findings.capScopes().forEach(scope -> more.add(new Slot(plan.id(), scope, sendBefore)));
        slots = List.copyOf(more);
        message.held().forEach(pool -> settlePool(pool, message, true));
        var outbound = new Outbound(
                plan.id(),
                plan.round() + 1,
                before.address(),
                findings.sender(),
                plan.messageClass(),
                findings.content(),
                earliest(plan.validUntil(), findings.windowEnd(), plan.validUntil()),
                findings.unsubscribe());
        out.enqueue(new Outgoing(
                outbound,
                plan.channel(),
                Key.of(before.address()),
                plan.person().customer(),
                plan.origin().campaign(),
                sendBefore));
    }

    private void defer(Open message, Instant until, String reason) {
        Instant capped = until.isBefore(message.plan().validUntil())
                ? until
                : message.plan().validUntil();
        Open deferred = message.in(Phase.DEFERRED, capped);
        put(deferred);
        out.setTimer(deferred.timer(), capped);
        out.tell(message.plan().person().customer(), new Deferred(message.plan().id(), capped, reason));
    }

    /** Ends a message wherever it stands: out of the outbox if it is still there, at once if it never was. */
    private void stop(Open message, Verdict verdict) {
        if (message.phase() == Phase.ENQUEUED) {
            put(message.doomed(verdict));
            out.cancel(message.plan().id());
        } else {
            release(message, message.phase() == Phase.HOLDING ? message.plan().pools() : message.held());
            settle(message, verdict, List.of());
        }
    }

    void recalled(Recalled recalled) {
        Open message = enqueued(recalled.message(), recalled.attempt());
        if (message == null) {
            return;
        }
        switch (recalled.why()) {
            case OVERDUE -> out.cancel(recalled.message());
            case KILL_SWITCH ->
                stop(noted(message, "dispatch", "KILL_SWITCH", recalled.detail()), Verdict.cancelled("KILL_SWITCH"));
            case DELIVERY_MODE -> {
                giveBack(message);
                settle(
                        noted(message, "dispatch", "DELIVERY_MODE", recalled.detail()),
                        Verdict.skipped("DELIVERY_MODE"),
                        List.of());
            }
        }
    }

    /** The message has come back from the outbox unsent: it ends as it was to, or is decided again. */
    void withdrawn(MessageId id) {
        Open message = open.get(id);
        if (message == null || message.phase() != Phase.ENQUEUED) {
            return;
        }
        giveBack(message);
        Verdict fate = message.fate();
        if (fate != null) {
            settle(message, fate, List.of());
        } else {
            Open lapsed = message.lapsed().holding(List.of());
            Instant again = now.plus(FIRST_WAIT.multipliedBy(1L << Math.min(lapsed.lapses() - 1, 6)));
            var finding = new Finding("dispatch", "", Outcome.DEFER, "LAPSED", Map.of("until", again.toString()));
            defer(lapsed.found(appended(lapsed.findings(), finding)), again, "LAPSED");
        }
    }

    void attempted(Attempted attempted) {
        Open message = enqueued(attempted.message(), attempted.attempt());
        if (message == null) {
            return;
        }
        Open noted = message.found(appended(message.findings(), Checks.dispatched(attempted)));
        SendResult result = attempted.result();
        if (result instanceof SendResult.Accepted || result instanceof SendResult.Duplicate) {
            sent(noted);
            settle(noted, Verdict.SENT, attempted.references());
        } else if (result instanceof SendResult.Rejected rejected) {
            giveBack(message);
            suppress(rejected.cause(), rejected.scope(), message);
            settle(noted, Verdict.failed(rejected.cause().name()), List.of());
        } else if (result instanceof SendResult.NotSent notSent) {
            giveBack(message);
            retry(noted.attempted().holding(List.of()), notSent.retryAfter());
        } else if (result instanceof SendResult.Unknown unknown) {
            sent(noted);
            unknown(noted, unknown, attempted.references());
        }
    }

    private void unknown(Open message, SendResult.Unknown unknown, List<String> references) {
        if (message.plan().resendWhenUnknown() && message.fate() == null) {
            retry(message.inDoubt(), null);
        } else {
            settle(message, unknown(unknown.cause().name()), references);
        }
    }

    private static Verdict unknown(String cause) {
        return new Verdict(Verdict.Outcome.UNKNOWN, cause);
    }

    private void retry(Open message, @Nullable Duration retryAfter) {
        Verdict fate = message.fate();
        if (fate != null) {
            settle(message, fate, List.of());
            return;
        }
        Duration backoff = FIRST_RETRY.multipliedBy(1L << Math.min(2 * (message.attempts() - 1), 12));
        Duration wait = retryAfter != null && retryAfter.compareTo(backoff) > 0 ? retryAfter : backoff;
        defer(message, now.plus(wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait), "RETRY");
    }

    /** Surely not sent: its place under the caps and what it took from pools are free again. */
    private void giveBack(Open message) {
        if (message.doubtful()) {
            return;
        }
        slots = slots.stream()
                .filter(slot -> !slot.message().equals(message.plan().id()))
                .toList();
        message.held().forEach(pool -> settlePool(pool, message, false));
        changed = true;
    }

    /** From now on its place under the caps counts from this instant. */
    private void sent(Open message) {
        slots = slots.stream()
                .map(slot ->
                        slot.message().equals(message.plan().id()) ? new Slot(slot.message(), slot.scope(), now) : slot)
                .toList();
    }

    private void release(Open message, List<String> pools) {
        pools.forEach(pool -> settlePool(pool, message, false));
    }

    private void settlePool(String pool, Open message, boolean spent) {
        out.tell(
                Key.pool(pool),
                new Settle(message.hold(), spent, message.plan().validUntil().plus(REMEMBERED)));
    }

    private void settle(Open message, Verdict reached, List<String> references) {
        Plan plan = message.plan();
        boolean doubt = message.doubtful() && reached.outcome() != Verdict.Outcome.SENT;
        Verdict verdict = doubt ? unknown(reached.reason()) : reached;
        open.remove(plan.id());
        remember(new Closed(
                plan.id(),
                verdict,
                now,
                plan.validUntil().plus(REMEMBERED),
                plan.person().customer(),
                plan.origin(),
                plan.messageClass(),
                plan.channel(),
                references,
                verdict.mayHaveArrived() && !message.held().isEmpty() ? List.of(message.hold()) : List.of()));
        out.cancelTimer(message.timer());
        out.append(decision(plan, verdict, message.findings(), false).entry());
        tellCustomer(plan.person().customer(), new Settled(plan.id(), verdict, now));
    }

    private void remember(Closed message) {
        if (closed.isEmpty()) {
            out.setTimer(FORGETTING, message.until());
        }
        closed.put(message.message(), message);
        changed = true;
    }

    /** A timer that comes late has slept through an outage, together with messages that need what it would forget. */
    private void forget(Instant due) {
        if (due.plus(SILENCE).isBefore(now)) {
            out.setTimer(FORGETTING, now.plus(REMEMBERED));
            return;
        }
        changed |= closed.values().removeIf(message -> !message.until().isAfter(now));
        closed.values().stream()
                .map(Closed::until)
                .min(Comparator.naturalOrder())
                .ifPresent(until -> out.setTimer(FORGETTING, until));
    }

    private Decision decision(Plan plan, Verdict verdict, List<Finding> findings, boolean correction) {
        return new Decision(
                plan.id(),
                now,
                plan.person().customer(),
                plan.origin(),
                plan.messageClass(),
                plan.channel(),
                verdict,
                findings,
                correction);
    }

    private void tellCustomer(Key customer, Payload payload) {
        if (customer.kind() == Key.Kind.CUSTOMER) {
            out.tell(customer, payload);
        }
    }

    void consent(ConsentEvent event) {
        ConsentState folded = consent.apply(event);
        if (folded.equals(consent)) {
            return;
        }
        consent = folded;
        changed = true;
        out.append(new Entry(Entry.Log.LEDGER, before.address().toString(), event.id(), event.recordedAt(), event));
        recheck();
    }

    /** What is no longer allowed is stopped at once; messages that have not come so far find out by themselves. */
    private void recheck() {
        for (Open message : List.copyOf(open.values())) {
            if (message.phase() == Phase.ENQUEUED || message.phase() == Phase.DEFERRED) {
                Findings findings = checks.denies(message, before.address(), consent, now);
                if (findings.verdict() != null && message.fate() == null) {
                    stop(message.found(history(message, findings.list())), findings.verdict());
                }
            }
        }
    }

    void replied(Inbound inbound) {
        if (!hear("inbound/" + inbound.id())) {
            return;
        }
        var replies = replies();
        for (ConsentEvent event : replies.events(inbound)) {
            consent(event);
        }
        replies.confirmation(inbound, consent).ifPresent(plan -> {
            replies.acknowledged(inbound).forEach(this::consent);
            planned(plan);
        });
        for (CustomerId holder : holders) {
            out.tell(Key.of(holder), replies.touchpoint(inbound, holder));
        }
    }

    /** Some words are a refusal only in answer to advertising, because they are names and everyday words, too. */
    private Replies replies() {
        boolean advertised = closed.values().stream()
                .anyMatch(message -> message.messageClass() == MessageClass.MARKETING
                        && message.origin() != null
                        && message.verdict().mayHaveArrived());
        return new Replies(rules, before.address(), holders, advertised, now);
    }

    void reported(Receipt receipt, String id) {
        Closed message = reportedOn(receipt);
        if (message == null || message.customer() == null || !hear(id)) {
            return;
        }
        var note = new DeliveryNote(message.message(), receipt.status(), receipt.occurredAt(), receipt.detail());
        out.append(new Entry(
                Entry.Log.DECISIONS, message.customer().id(), message.message() + "/" + receipt.status(), now, note));
        tellCustomer(message.customer(), note);
        if (message.verdict().outcome() == Verdict.Outcome.UNKNOWN) {
            corrected(message, receipt);
        }
        FailureCause cause = receipt.cause();
        if (cause != null && receipt.status() == Receipt.Status.BOUNCED) {
            suppress(cause, Scope.ADDRESS, message.message(), message.at());
        }
        if (receipt.status() == Receipt.Status.COMPLAINED) {
            suppress(FailureCause.COMPLAINT, Scope.ADDRESS, message.message(), message.at());
        }
        if (receipt.status() == Receipt.Status.UNSUBSCRIBED) {
            replies().unsubscribed(message.message(), message.channel()).forEach(this::consent);
        }
    }

    /** A message of unknown outcome turns out sent or failed; that happens once. */
    private void corrected(Closed message, Receipt receipt) {
        Verdict verdict =
                switch (receipt.status()) {
                    case ACCEPTED, DELIVERED, CLICKED, COMPLAINED, UNSUBSCRIBED -> Verdict.SENT;
                    case BOUNCED ->
                        Verdict.failed(
                                receipt.cause() == null
                                        ? FailureCause.UNCLASSIFIED.name()
                                        : receipt.cause().name());
                    case DELAYED, SOFT_BOUNCED -> message.verdict();
                };
        if (verdict.equals(message.verdict())
                || message.customer() == null
                || message.origin() == null
                || message.channel() == null) {
            return;
        }
        closed.put(
                message.message(),
                new Closed(
                        message.message(),
                        verdict,
                        message.at(),
                        message.until(),
                        message.customer(),
                        message.origin(),
                        message.messageClass(),
                        message.channel(),
                        message.references(),
                        message.spent()));
        var finding = new Finding(
                "receipt",
                "",
                Outcome.NOTE,
                "CONFIRMED_LATER",
                Map.of("status", receipt.status().name()));
        out.append(new Decision(
                        message.message(),
                        now,
                        message.customer(),
                        message.origin(),
                        message.messageClass(),
                        message.channel(),
                        verdict,
                        List.of(finding),
                        true)
                .entry());
        tellCustomer(message.customer(), new Settled(message.message(), verdict, message.at()));
    }

    private @Nullable Closed reportedOn(Receipt receipt) {
        MessageId id = receipt.message();
        if (id != null) {
            return closed.get(id);
        }
        return closed.values().stream()
                .filter(message -> message.references().contains(receipt.reference()))
                .findFirst()
                .orElse(null);
    }

    private void suppress(FailureCause cause, Scope scope, Open message) {
        suppress(cause, scope, message.plan().id(), now);
    }

    private void suppress(FailureCause cause, Scope scope, MessageId message, Instant at) {
        Suppression why =
                switch (cause) {
                    case BAD_ADDRESS -> Suppression.HARD_BOUNCE;
                    case COMPLAINT -> Suppression.COMPLAINT;
                    case OPTED_OUT -> Suppression.MANUAL;
                    default -> null;
                };
        if (why != null && scope == Scope.ADDRESS) {
            var occasion = new Occasion("suppressed/" + message, null, "", at, now);
            consent(ConsentEvent.suppressed(occasion, ConsentScope.EVERYTHING, why, Actor.SYSTEM));
        }
    }

    private boolean hear(String id) {
        if (heard.contains(id)) {
            return false;
        }
        var more = new ArrayList<>(heard);
        more.add(id);
        heard = List.copyOf(more.subList(Math.max(0, more.size() - MOST_HEARD), more.size()));
        changed = true;
        return true;
    }

    /** The message whose present attempt is meant; the news of an earlier one comes too late. */
    private @Nullable Open enqueued(MessageId id, int attempt) {
        Open message = open.get(id);
        boolean present = message != null
                && message.phase() == Phase.ENQUEUED
                && message.plan().round() + 1 == attempt;
        return present ? message : null;
    }

    private @Nullable Open find(String hold) {
        return open.values().stream()
                .filter(message -> message.hold().equals(hold))
                .findFirst()
                .orElse(null);
    }

    private void put(Open message) {
        open.put(message.plan().id(), message);
        changed = true;
    }

    private static Open noted(Open message, String check, String reason, String detail) {
        var values = detail.isEmpty() ? Map.<String, String>of() : Map.of("detail", detail);
        return message.found(appended(message.findings(), new Finding(check, "", Outcome.DENY, reason, values)));
    }

    /** The findings of this pass, after what deferred the message in earlier ones. */
    private static List<Finding> history(Open message, List<Finding> latest) {
        var all = new ArrayList<Finding>();
        message.findings().stream()
                .filter(finding ->
                        finding.outcome() == Outcome.DEFER || finding.check().equals("dispatch"))
                .filter(finding -> !latest.contains(finding))
                .forEach(all::add);
        all.addAll(latest);
        return all;
    }

    private static List<Finding> appended(List<Finding> findings, Finding finding) {
        var more = new ArrayList<>(findings);
        more.add(finding);
        return more;
    }

    private static Instant earliest(Instant first, @Nullable Instant second, Instant third) {
        Instant least = first.isBefore(third) ? first : third;
        return second != null && second.isBefore(least) ? second : least;
    }
}

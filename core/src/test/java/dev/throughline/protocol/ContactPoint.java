// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import dev.throughline.protocol.Entry.Phase;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** One address: what it denies, and every message to it until that is over and forgotten. */
final class ContactPoint implements Aggregate {
    private final Key self;
    private final Rules rules;
    private final Slots slots;
    private final Decision decision;
    private final Conclusion conclusion;
    private final Map<String, Entry> entries = new TreeMap<>();
    private boolean stopped;
    private long stoppedAt = -1;

    ContactPoint(Key self, Rules rules) {
        this(self, rules, new Slots(rules));
    }

    private ContactPoint(Key self, Rules rules, Slots slots) {
        this.self = self;
        this.rules = rules;
        this.slots = slots;
        this.conclusion = new Conclusion(rules, slots);
        this.decision = new Decision(this, rules, slots, conclusion);
    }

    @Override
    public ContactPoint copy() {
        ContactPoint copy = new ContactPoint(self, rules, slots.copy());
        entries.forEach((message, entry) -> copy.entries.put(message, entry.copy()));
        copy.stopped = stopped;
        copy.stoppedAt = stoppedAt;
        return copy;
    }

    Key key() {
        return self;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    boolean knows(String message) {
        return entries.containsKey(message);
    }

    boolean denies(Spec spec) {
        return stopped && spec.type().stoppable;
    }

    @Override
    public void on(Input input, Turn turn) {
        if (input instanceof Input.Plan plan) {
            plan(plan, turn);
        } else if (input instanceof Input.Cancel cancel) {
            cancel(cancel, turn);
        } else if (input instanceof Input.Answered answered) {
            decision.answered(entries.get(answered.message()), answered, turn);
        } else if (input instanceof Input.Held held) {
            decision.held(entries.get(held.message()), held, turn);
        } else if (input instanceof Input.Refused refused) {
            decision.refused(entries.get(refused.message()), refused, turn);
        } else if (input instanceof Input.Result result) {
            conclusion.result(entries.get(result.message()), result, turn);
        } else if (input instanceof Input.Reported receipt) {
            conclusion.receipt(entries.get(receipt.message()), receipt, turn);
        } else if (input instanceof Input.Stopped event) {
            stopped(event, turn);
        } else if (input instanceof Input.Due due) {
            due(entries.get(due.timer()), turn);
        }
    }

    private void plan(Input.Plan plan, Turn turn) {
        Entry entry = entries.get(plan.spec().message());
        if (entry == null) {
            planFirst(plan, turn);
        } else if (confirms(plan, entry)) {
            decision.check(entry, plan, turn);
        } else if (entry.verdict != null) {
            turn.tell(plan.customer(), new Input.Settled(entry.message, entry.verdict));
        }
    }

    /** A later round of a message that is not known is a repetition from before it was forgotten. */
    private void planFirst(Input.Plan plan, Turn turn) {
        if (plan.round() == 0) {
            Entry entry = new Entry(plan.spec().message(), plan.spec().validUntil(), plan.spec());
            entries.put(entry.message, entry);
            decision.check(entry, plan, turn);
        }
    }

    private boolean confirms(Input.Plan plan, Entry entry) {
        boolean sameRound = plan.round() == entry.round || rules.omits(Mutation.PLAN_WITHOUT_ROUND);
        return entry.is(Phase.CONFIRMING) && sameRound;
    }

    private void cancel(Input.Cancel cancel, Turn turn) {
        Entry entry = entries.get(cancel.message());
        if (entry == null) {
            cancelUnseen(cancel, turn);
        } else if (entry.is(Phase.ENQUEUED)) {
            conclusion.withdraw(entry, Verdict.CANCELLED, turn);
        } else if (!entry.is(Phase.WITHDRAWING) && !entry.is(Phase.CLOSED)) {
            conclusion.end(entry, Verdict.CANCELLED, turn);
        }
    }

    /** Past the validity the plan itself will end as expired when it comes, so nothing is remembered for it. */
    private void cancelUnseen(Input.Cancel cancel, Turn turn) {
        if (turn.now() < cancel.validUntil() && !rules.omits(Mutation.CANCEL_NOT_REMEMBERED)) {
            Entry entry = new Entry(cancel.message(), cancel.validUntil(), null);
            entry.customer = cancel.customer();
            entries.put(entry.message, entry);
            conclusion.end(entry, Verdict.CANCELLED, turn);
        }
    }

    private void stopped(Input.Stopped event, Turn turn) {
        if (event.at() < stoppedAt) {
            return;
        }
        stopped = event.stop();
        stoppedAt = event.at();
        if (!rules.omits(Mutation.STOP_LEAVES_ROWS)) {
            entries.values().stream()
                    .filter(entry -> entry.is(Phase.ENQUEUED) && denies(entry.spec))
                    .forEach(entry -> conclusion.withdraw(entry, Verdict.SKIPPED, turn));
        }
    }

    private void due(Entry entry, Turn turn) {
        if (entry == null || entry.due > turn.now()) {
            return;
        }
        if (entry.is(Phase.CLOSED)) {
            forget(entry, turn);
        } else if (entry.awaitsOutbox()) {
            conclusion.askAgain(entry, turn);
        } else if (turn.now() >= entry.validUntil) {
            conclusion.end(entry, Verdict.SKIPPED, turn);
        } else if (entry.is(Phase.DEFERRED) || entry.is(Phase.CONFIRMING)) {
            confirm(entry, turn);
        } else {
            conclusion.deferByBackoff(entry, turn);
        }
    }

    private void confirm(Entry entry, Turn turn) {
        if (entry.is(Phase.DEFERRED)) {
            entry.round++;
        }
        turn.tell(entry.customer, new Input.Confirm(entry.message, entry.round, self));
        entry.enter(Phase.CONFIRMING, turn.now() + Rules.HOUR, turn);
    }

    /** After an outage the timer is overdue together with messages that still need the entry. */
    private void forget(Entry entry, Turn turn) {
        boolean slept = turn.now() - entry.due > Rules.LATE && !rules.omits(Mutation.FORGET_AFTER_OUTAGE);
        if (slept) {
            entry.arm(turn.now() + Rules.KEEP, turn);
        } else {
            entries.remove(entry.message);
            turn.add(new Effect.Forget(entry.message));
        }
    }
}

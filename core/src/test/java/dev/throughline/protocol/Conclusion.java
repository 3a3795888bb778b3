// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import dev.throughline.protocol.Entry.Phase;

/** What becomes of a message: the outbox's answers, later truths about unknown attempts, deferral and the end. */
final class Conclusion {
    private final Rules rules;
    private final Slots slots;

    Conclusion(Rules rules, Slots slots) {
        this.rules = rules;
        this.slots = slots;
    }

    // What the outbox answers.

    void result(Entry entry, Input.Result result, Turn turn) {
        if (entry == null) {
            return;
        }
        boolean sameRound = result.round() == entry.round || rules.omits(Mutation.RESULT_WITHOUT_ROUND);
        if (entry.awaitsOutbox() && sameRound) {
            conclude(entry, result, turn);
        } else if (entry.doubtful.contains(result.round())) {
            learn(entry, result, turn);
        }
    }

    private void conclude(Entry entry, Input.Result result, Turn turn) {
        entry.proven |= result.answer().sent();
        if (result.answer() == Answer.UNKNOWN) {
            entry.doubtful.add(result.round());
        }
        settleAccounts(entry, result.at(), turn);
        if (entry.proven) {
            sent(entry, turn);
        } else if (result.answer() == Answer.UNKNOWN) {
            unknown(entry, turn);
        } else {
            notSent(entry, result.answer(), turn);
        }
    }

    private void settleAccounts(Entry entry, long at, Turn turn) {
        boolean maybeSent = entry.proven || !entry.doubtful.isEmpty();
        if (maybeSent) {
            slots.age(entry.message, at);
        }
        if (!maybeSent || (rules.omits(Mutation.RELEASE_ON_UNKNOWN) && !entry.proven)) {
            giveBack(entry, turn);
        }
    }

    private void unknown(Entry entry, Turn turn) {
        if (entry.verdict == null) {
            entry.record(Verdict.UNKNOWN, turn);
        }
        boolean resends = entry.spec.type().resends || rules.omits(Mutation.RESEND_ON_UNKNOWN);
        if (resends && !entry.is(Phase.WITHDRAWING)) {
            deferByBackoff(entry, turn);
        } else {
            close(entry, turn);
        }
    }

    private void notSent(Entry entry, Answer answer, Turn turn) {
        if (entry.is(Phase.WITHDRAWING)) {
            end(entry, entry.otherwise, turn);
        } else if (answer == Answer.REJECTED) {
            end(entry, Verdict.FAILED, turn);
        } else if (answer == Answer.DROPPED) {
            end(entry, Verdict.SKIPPED, turn);
        } else {
            deferByBackoff(entry, turn);
        }
    }

    // Rows that are not wanted any more, or overdue.

    void withdraw(Entry entry, Verdict otherwise, Turn turn) {
        entry.otherwise = otherwise;
        turn.add(new Effect.Withdraw(entry.message, entry.round));
        if (rules.omits(Mutation.CANCEL_SETTLES_AT_ONCE)) {
            end(entry, otherwise, turn);
        } else {
            entry.enter(Phase.WITHDRAWING, entry.due, turn);
        }
    }

    /** The row should have been answered long ago: take it back, or hear the answer again. */
    void askAgain(Entry entry, Turn turn) {
        if (!rules.omits(Mutation.OUTBOX_ASKED_ONCE)) {
            turn.add(new Effect.Withdraw(entry.message, entry.round));
        }
        entry.arm(turn.now() + Rules.HOUR, turn);
    }

    // Later truths about an attempt that was UNKNOWN: from a slow worker, a look-up or a receipt.

    private void learn(Entry entry, Input.Result truth, Turn turn) {
        if (truth.answer().sent()) {
            prove(entry, turn);
        } else if (truth.answer() != Answer.UNKNOWN) {
            entry.doubtful.remove(truth.round());
            disprove(entry, turn);
        }
    }

    private void disprove(Entry entry, Turn turn) {
        if (!entry.doubtful.isEmpty() || entry.awaitsOutbox() || entry.isOver()) {
            return;
        }
        giveBack(entry, turn);
        if (entry.is(Phase.CLOSED)) {
            entry.record(Verdict.FAILED, turn);
        }
    }

    void receipt(Entry entry, Input.Reported receipt, Turn turn) {
        if (entry != null && (entry.is(Phase.CLOSED) || !rules.omits(Mutation.EARLY_RECEIPT_DROPPED))) {
            turn.tell(entry.customer, new Input.Delivery(entry.message, receipt.delivered()));
            prove(entry, turn);
        }
    }

    /** A first attempt's own answer is on the way; a resend is taken back. */
    private void prove(Entry entry, Turn turn) {
        entry.proven = true;
        if (entry.is(Phase.ENQUEUED) && entry.verdict == Verdict.UNKNOWN) {
            withdraw(entry, Verdict.SENT, turn);
        } else if (!entry.awaitsOutbox() && !entry.isOver()) {
            sent(entry, turn);
        }
    }

    // Later, or the end.

    void deferByBackoff(Entry entry, Turn turn) {
        defer(entry, turn.now() + Rules.backoff(entry.round), turn);
    }

    void defer(Entry entry, long until, Turn turn) {
        entry.releaseHeld(turn);
        if (until >= entry.validUntil) {
            end(entry, Verdict.SKIPPED, turn);
        } else {
            turn.tell(entry.customer, new Input.Deferred(entry.message, entry.round, until));
            entry.enter(Phase.DEFERRED, until, turn);
        }
    }

    private void sent(Entry entry, Turn turn) {
        entry.releaseHeld(turn);
        if (!entry.isOver()) {
            entry.record(Verdict.SENT, turn);
        }
        close(entry, turn);
    }

    /** Ends with this verdict if no attempt can have been sent; a doubtful one keeps its UNKNOWN. */
    void end(Entry entry, Verdict verdict, Turn turn) {
        entry.releaseHeld(turn);
        if (entry.doubtful.isEmpty() || rules.omits(Mutation.DOUBT_FORGOTTEN)) {
            giveBack(entry, turn);
            entry.record(entry.verdict == Verdict.UNKNOWN ? Verdict.FAILED : verdict, turn);
        }
        close(entry, turn);
    }

    /** Surely not sent: the slot is free again, and so is what the pools had spent. */
    private void giveBack(Entry entry, Turn turn) {
        slots.release(entry.message);
        entry.giveBackSpent(turn);
    }

    private void close(Entry entry, Turn turn) {
        if (!entry.is(Phase.CLOSED)) {
            long over = Math.max(entry.validUntil, turn.now()) + Rules.KEEP;
            entry.enter(Phase.CLOSED, rules.omits(Mutation.FORGET_AT_ONCE) ? turn.now() : over, turn);
        }
    }
}

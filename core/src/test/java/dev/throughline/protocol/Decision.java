// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import dev.throughline.protocol.Entry.Phase;
import java.util.Map;

/** From a plan to a row in the outbox: checks, then registry, then pools, then everything that may have changed again. */
final class Decision {
    private final ContactPoint contactPoint;
    private final Rules rules;
    private final Slots slots;
    private final Conclusion conclusion;

    Decision(ContactPoint contactPoint, Rules rules, Slots slots, Conclusion conclusion) {
        this.contactPoint = contactPoint;
        this.rules = rules;
        this.slots = slots;
        this.conclusion = conclusion;
    }

    void check(Entry entry, Input.Plan plan, Turn turn) {
        entry.customer = plan.customer();
        entry.renderedAt = plan.renderedAt();
        entry.round = plan.round();
        if (turn.now() >= entry.validUntil || contactPoint.denies(entry.spec)) {
            conclusion.end(entry, Verdict.SKIPPED, turn);
        } else if (entry.spec.type() == Spec.Type.MARKETING) {
            turn.add(new Effect.Ask(entry.message, entry.round));
            entry.enter(Phase.ASKING, turn.now() + Rules.PATIENCE, turn);
        } else {
            askPools(entry, turn);
        }
    }

    void answered(Entry entry, Input.Answered answer, Turn turn) {
        if (entry == null || !entry.is(Phase.ASKING) || answer.round() != entry.round) {
            return;
        }
        if (answer.clear()) {
            askPools(entry, turn);
        } else {
            conclusion.end(entry, Verdict.SKIPPED, turn);
        }
    }

    /** A resend keeps what its first attempt has spent: a message holds its quantity once. */
    private void askPools(Entry entry, Turn turn) {
        if (sendBefore(entry, turn) <= turn.now()) {
            conclusion.defer(entry, Rules.nextWindow(turn.now()), turn);
        } else if (entry.spec.amounts().isEmpty() || !entry.spent.isEmpty()) {
            decide(entry, turn);
        } else {
            entry.refused.clear();
            entry.enter(Phase.HOLDING, turn.now() + Rules.PATIENCE, turn);
            entry.spec.amounts().forEach((pool, amount) -> turn.tell(pool, hold(entry, amount)));
        }
    }

    private Input.Hold hold(Entry entry, int amount) {
        return new Input.Hold(entry.message, entry.round, amount, contactPoint.key(), entry.due);
    }

    /** Also what a pool tells again when a hold expires, so every answer to it is a repetition of an earlier one. */
    void held(Entry entry, Input.Held held, Turn turn) {
        if (entry != null && entry.awaitsPool(held.pool()) && isOfRound(held.round(), entry)) {
            entry.held.put(held.pool(), held.token());
            decideWhenAllHaveAnswered(entry, turn);
        } else if (entry != null && owns(entry.spent, held)) {
            entry.spend(held.pool(), held.token(), turn);
        } else if ((entry == null || isStray(entry, held)) && !rules.omits(Mutation.STRAY_HELD_IGNORED)) {
            turn.tell(held.pool(), new Input.Release(held.token()));
        }
    }

    private static boolean owns(Map<Key, Long> tokens, Input.Held held) {
        return tokens.getOrDefault(held.pool(), -1L) == held.token();
    }

    /** A token that was given back is not released: the pool could no longer tell whether it had been spent. */
    private boolean isStray(Entry entry, Input.Held held) {
        boolean returned = entry.returned.contains(new Entry.Token(held.pool(), held.token()))
                && !rules.omits(Mutation.RETURNED_TOKEN_RELEASED);
        return !returned && !owns(entry.held, held);
    }

    void refused(Entry entry, Input.Refused refused, Turn turn) {
        if (entry != null && entry.awaitsPool(refused.pool()) && isOfRound(refused.round(), entry)) {
            entry.refused.put(refused.pool(), refused.retryAt());
            decideWhenAllHaveAnswered(entry, turn);
        }
    }

    private boolean isOfRound(int round, Entry entry) {
        return round == entry.round || rules.omits(Mutation.HELD_WITHOUT_ROUND);
    }

    private void decideWhenAllHaveAnswered(Entry entry, Turn turn) {
        if (!entry.awaitsPools()) {
            decide(entry, turn);
        }
    }

    private void decide(Entry entry, Turn turn) {
        boolean denied = contactPoint.denies(entry.spec) && !rules.omits(Mutation.DENIES_NOT_CHECKED_AGAIN);
        if (denied || entry.refused.containsValue(Long.MAX_VALUE)) {
            conclusion.end(entry, Verdict.SKIPPED, turn);
        } else if (!entry.refused.isEmpty()) {
            long retryAt = entry.refused.values().stream().max(Long::compare).orElseThrow();
            conclusion.defer(entry, retryAt, turn);
        } else if (sendBefore(entry, turn) <= turn.now()) {
            conclusion.defer(entry, Rules.nextWindow(turn.now()), turn);
        } else if (entry.spec.type().limited && slots.isFullFor(entry.message, turn.now())) {
            conclusion.defer(entry, slots.nextFree(turn.now()), turn);
        } else {
            enqueue(entry, sendBefore(entry, turn), turn);
        }
    }

    private long sendBefore(Entry entry, Turn turn) {
        long end = entry.spec.type().limited ? rules.windowEnd(turn.now()) : Long.MAX_VALUE;
        return Math.min(Math.min(entry.validUntil, end), turn.now() + Rules.SEND_WITHIN);
    }

    private void enqueue(Entry entry, long sendBefore, Turn turn) {
        slots.take(entry.message, turn.now());
        entry.spendHeld(turn);
        turn.add(new Effect.Enqueue(
                new Outbox.Row(entry.message, entry.round, entry.spec, entry.customer, entry.renderedAt, sendBefore)));
        entry.enter(Phase.ENQUEUED, sendBefore + Rules.HOUR, turn);
    }
}

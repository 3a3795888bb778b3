// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a contact point knows of one message; {@code due} is its one timer, which every phase has. */
final class Entry {
    enum Phase {
        /** The registry was asked. */
        ASKING,
        /** The pools were asked. */
        HOLDING,
        /** There is a row, and the outbox owes an answer. */
        ENQUEUED,
        /** The same, and the message is not to be sent any more. */
        WITHDRAWING,
        DEFERRED,
        /** The customer was asked to plan again. */
        CONFIRMING,
        /** The verdict stands, but UNKNOWN may still be corrected. */
        CLOSED
    }

    record Token(Key pool, long number) {}

    final String message;
    final long validUntil;
    final Spec spec;
    final Map<Key, Long> held = new TreeMap<>();
    final Map<Key, Long> refused = new TreeMap<>();
    final Map<Key, Long> spent = new TreeMap<>();
    /** What was spent and then given back. */
    final Set<Token> returned = new HashSet<>();
    /** Rounds whose outcome is unknown. */
    final Set<Integer> doubtful = new TreeSet<>();

    Key customer;
    int round;
    Phase phase;
    long due;
    long renderedAt;
    Verdict verdict;
    /** What becomes of the message if the row taken back was not sent. */
    Verdict otherwise;
    /** The provider or a receipt says that some attempt was sent. */
    boolean proven;

    Entry(String message, long validUntil, Spec spec) {
        this.message = message;
        this.validUntil = validUntil;
        this.spec = spec;
    }

    Entry copy() {
        Entry copy = new Entry(message, validUntil, spec);
        copy.held.putAll(held);
        copy.refused.putAll(refused);
        copy.spent.putAll(spent);
        copy.returned.addAll(returned);
        copy.doubtful.addAll(doubtful);
        copy.customer = customer;
        copy.round = round;
        copy.phase = phase;
        copy.due = due;
        copy.renderedAt = renderedAt;
        copy.verdict = verdict;
        copy.otherwise = otherwise;
        copy.proven = proven;
        return copy;
    }

    boolean is(Phase asked) {
        return phase == asked;
    }

    boolean isOver() {
        return verdict != null && verdict != Verdict.UNKNOWN;
    }

    boolean awaitsOutbox() {
        return phase == Phase.ENQUEUED || phase == Phase.WITHDRAWING;
    }

    boolean awaitsPool(Key pool) {
        return phase == Phase.HOLDING && spec.amounts().containsKey(pool) && !hasAnswered(pool);
    }

    boolean awaitsPools() {
        return !spec.amounts().keySet().stream().allMatch(this::hasAnswered);
    }

    private boolean hasAnswered(Key pool) {
        return held.containsKey(pool) || refused.containsKey(pool);
    }

    void enter(Phase next, long until, Turn turn) {
        phase = next;
        arm(until, turn);
    }

    void arm(long until, Turn turn) {
        due = until;
        turn.setTimer(message, until);
    }

    void record(Verdict settled, Turn turn) {
        verdict = settled;
        turn.add(new Effect.RecordVerdict(message, settled));
        turn.tell(customer, new Input.Settled(message, settled));
    }

    void spendHeld(Turn turn) {
        held.forEach((pool, token) -> spend(pool, token, turn));
        spent.putAll(held);
        held.clear();
    }

    void spend(Key pool, long token, Turn turn) {
        turn.tell(pool, new Input.Spend(token));
    }

    void releaseHeld(Turn turn) {
        held.forEach((pool, token) -> turn.tell(pool, new Input.Release(token)));
        held.clear();
    }

    void giveBackSpent(Turn turn) {
        spent.forEach((pool, token) -> {
            turn.tell(pool, new Input.GiveBack(token, spec.amounts().get(pool)));
            returned.add(new Token(pool, token));
        });
        spent.clear();
    }
}

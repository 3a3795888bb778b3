// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of the outbox and the transitions that a store has to offer; each call is one transaction or part of one. */
final class Outbox {

    /** One message of one round; the customer is the one who planned it and stays so when she is merged. */
    record Row(String message, int round, Spec spec, Key customer, long renderedAt, long sendBefore) {}

    private enum State {
        NEW,
        SENDING,
        DONE
    }

    private record Slot(Row row, State state, long sendingAt, Answer answer) {}

    private final Map<String, Slot> rows = new TreeMap<>();

    /** Adds the row unless this round of the message is known; a round is only enqueued when the one before is over. */
    boolean add(Row row) {
        Slot known = rows.get(row.message());
        if (known != null && known.row().round() >= row.round()) {
            return false;
        }
        if (known != null && known.state() != State.DONE) {
            throw new LawBroken("a second row while the first is open: " + row);
        }
        rows.put(row.message(), new Slot(row, State.NEW, 0, null));
        return true;
    }

    /** Ends a row that is NEW, repeats the answer of one that is DONE, and leaves one that is SENDING alone. */
    Optional<Answer> withdraw(String message, int round) {
        if (isNew(message, round)) {
            finish(message, Answer.WITHDRAWN);
        }
        Slot slot = rows.get(message);
        boolean over = slot != null && slot.row().round() == round && slot.state() == State.DONE;
        return over ? Optional.of(slot.answer()) : Optional.empty();
    }

    Row sending(String message, long now) {
        Row row = rows.get(message).row();
        rows.put(message, new Slot(row, State.SENDING, now, null));
        return row;
    }

    void finish(String message, Answer answer) {
        Slot slot = rows.get(message);
        rows.put(message, new Slot(slot.row(), State.DONE, slot.sendingAt(), answer));
    }

    boolean isNew(String message, int round) {
        return is(message, round, State.NEW);
    }

    boolean isSending(String message, int round) {
        return is(message, round, State.SENDING);
    }

    private boolean is(String message, int round, State state) {
        Slot slot = rows.get(message);
        return slot != null && slot.row().round() == round && slot.state() == state;
    }

    void forget(String message) {
        rows.remove(message);
    }

    int size() {
        return rows.size();
    }
}

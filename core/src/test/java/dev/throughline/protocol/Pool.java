// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.Map;
import java.util.TreeMap;

/**
 * A shared quantity. A hold is known by a token that the pool counts up, so an ended hold needs no memory: a repeated
 * message names a token that is no longer open.
 */
final class Pool implements Aggregate {
    record Open(String message, int round, int amount, Key contactPoint) {}

    private static final String OPEN = "open:";
    private static final String RETURNED = "returned:";

    private final Key self;
    private final Rules rules;
    private final int capacity;
    private final Map<Long, Open> open = new TreeMap<>();
    private final Map<Long, Long> returned = new TreeMap<>();
    /** Only of the mutation in which a late confirmation of an expired hold still counts. */
    private final Map<Long, Open> expired = new TreeMap<>();

    private long lastToken;
    private int spent;

    Pool(Key self, Rules rules, int capacity) {
        this.self = self;
        this.rules = rules;
        this.capacity = capacity;
    }

    @Override
    public Pool copy() {
        Pool copy = new Pool(self, rules, capacity);
        copy.open.putAll(open);
        copy.returned.putAll(returned);
        copy.expired.putAll(expired);
        copy.lastToken = lastToken;
        copy.spent = spent;
        return copy;
    }

    int capacity() {
        return capacity;
    }

    int spent() {
        return spent;
    }

    int held() {
        return open.values().stream().mapToInt(Open::amount).sum();
    }

    int remembered() {
        return returned.size();
    }

    @Override
    public void on(Input input, Turn turn) {
        if (input instanceof Input.Hold hold) {
            hold(hold, turn);
        } else if (input instanceof Input.Spend spend) {
            spend(spend);
        } else if (input instanceof Input.Release release) {
            open.remove(release.token());
        } else if (input instanceof Input.GiveBack giveBack) {
            giveBack(giveBack, turn);
        } else if (input instanceof Input.Due due) {
            due(due.timer(), turn);
        }
    }

    private void hold(Input.Hold hold, Turn turn) {
        for (Map.Entry<Long, Open> entry : open.entrySet()) {
            Open known = entry.getValue();
            if (known.message().equals(hold.message()) && known.round() == hold.round()) {
                tellHeld(entry.getKey(), known, turn);
                return;
            }
        }
        if (spent + held() + hold.amount() <= capacity) {
            grant(hold, turn);
        } else {
            boolean hopeless = spent + hold.amount() > capacity;
            long retryAt = hopeless ? Long.MAX_VALUE : turn.now() + Rules.backoff(hold.round());
            turn.tell(hold.contactPoint(), new Input.Refused(hold.message(), hold.round(), self, retryAt));
        }
    }

    private void grant(Input.Hold hold, Turn turn) {
        Open granted = new Open(hold.message(), hold.round(), hold.amount(), hold.contactPoint());
        lastToken++;
        long token = rules.omits(Mutation.POOL_WITHOUT_TOKENS) ? hold.message().hashCode() : lastToken;
        open.put(token, granted);
        turn.setTimer(OPEN + token, hold.expiry());
        tellHeld(token, granted, turn);
    }

    private void spend(Input.Spend spend) {
        Open ended = open.remove(spend.token());
        if (ended == null) {
            ended = expired.remove(spend.token());
        }
        if (ended != null) {
            spent += ended.amount();
        }
    }

    /** May overtake the confirmation it takes back; that then finds no open hold. */
    private void giveBack(Input.GiveBack giveBack, Turn turn) {
        boolean known = returned.containsKey(giveBack.token()) && !rules.omits(Mutation.GIVE_BACK_TWICE);
        if (known) {
            return;
        }
        if (open.remove(giveBack.token()) == null && expired.remove(giveBack.token()) == null) {
            spent -= giveBack.amount();
        }
        remember(giveBack.token(), turn);
    }

    private void remember(long token, Turn turn) {
        returned.put(token, turn.now() + Rules.KEEP);
        turn.setTimer(RETURNED + token, returned.get(token));
    }

    private void due(String timer, Turn turn) {
        long token = Long.parseLong(timer.substring(timer.indexOf(':') + 1));
        if (timer.startsWith(OPEN)) {
            expire(token, turn);
        } else if (returned.containsKey(token) && returned.get(token) <= turn.now()) {
            forget(token, turn);
        }
    }

    /** An expired hold is asked for, not taken back: its confirmation may be on the way. */
    private void expire(long token, Turn turn) {
        Open overdue = open.get(token);
        if (overdue == null || rules.omits(Mutation.POOL_ASKS_ONCE)) {
            return;
        }
        if (rules.omits(Mutation.POOL_EXPIRES_HOLDS)) {
            open.remove(token);
            expired.put(token, overdue);
            return;
        }
        turn.setTimer(OPEN + token, turn.now() + Rules.HOUR);
        tellHeld(token, overdue, turn);
    }

    private void forget(long token, Turn turn) {
        if (turn.now() - returned.get(token) > Rules.LATE && !rules.omits(Mutation.FORGET_AFTER_OUTAGE)) {
            remember(token, turn);
        } else {
            returned.remove(token);
        }
    }

    private void tellHeld(long token, Open held, Turn turn) {
        turn.tell(held.contactPoint(), new Input.Held(held.message(), held.round(), self, token));
    }
}

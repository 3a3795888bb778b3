// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans, renews and cancels messages, learns their verdicts, and travels into an older customer when merged. */
final class Customer implements Aggregate {

    /** What the customer knows of one message; {@code due} is when it asks again for a verdict that never came. */
    record Wait(Spec spec, boolean left, Verdict verdict, long due) {
        Wait leave() {
            return new Wait(spec, true, verdict, due);
        }

        Wait settle(Verdict settled) {
            return new Wait(spec, left, settled, due);
        }

        Wait askAgainAt(long later) {
            return new Wait(spec, left, verdict, later);
        }

        boolean over() {
            return verdict != null && verdict != Verdict.UNKNOWN;
        }
    }

    private final Key self;
    private final Rules rules;
    private final Set<String> started = new TreeSet<>();
    private final Map<String, Wait> waits = new TreeMap<>();
    private final Set<Key> absorbed = new TreeSet<>();
    private final List<Input.Forwarded> parked = new ArrayList<>();
    private Key survivor;

    Customer(Key self, Rules rules) {
        this.self = self;
        this.rules = rules;
    }

    @Override
    public Customer copy() {
        Customer copy = new Customer(self, rules);
        copy.started.addAll(started);
        copy.waits.putAll(waits);
        copy.absorbed.addAll(absorbed);
        copy.parked.addAll(parked);
        copy.survivor = survivor;
        return copy;
    }

    Map<String, Wait> waits() {
        return survivor == null ? waits : Map.of();
    }

    Key survivor() {
        return survivor;
    }

    boolean absorbed(Key other) {
        return absorbed.contains(other);
    }

    @Override
    public void on(Input input, Turn turn) {
        if (survivor != null) {
            forward(input, turn);
        } else if (input instanceof Input.Forwarded forwarded) {
            receive(forwarded, turn);
        } else {
            handle(input, turn);
        }
    }

    private void forward(Input input, Turn turn) {
        if (input instanceof Input.Due || input instanceof Input.Merged) {
            return;
        }
        Set<Key> trail = new TreeSet<>(Set.of(self));
        Input carried = input;
        if (input instanceof Input.Forwarded forwarded) {
            trail.addAll(forwarded.trail());
            carried = forwarded.input();
        }
        turn.tell(survivor, new Input.Forwarded(trail, carried));
    }

    private void receive(Input.Forwarded forwarded, Turn turn) {
        if (absorbed.containsAll(forwarded.trail())) {
            handle(forwarded.input(), turn);
        } else {
            parked.add(forwarded);
        }
    }

    private void handle(Input input, Turn turn) {
        if (input instanceof Input.Started started) {
            start(started.spec(), turn);
        } else if (input instanceof Input.Left left) {
            leave(left.message(), turn);
        } else if (input instanceof Input.Confirm confirm) {
            confirm(confirm, turn);
        } else if (input instanceof Input.Settled settled) {
            settle(settled);
        } else if (input instanceof Input.Due due) {
            due(due.timer(), turn);
        } else if (input instanceof Input.Merged merged) {
            drain(merged.survivor(), turn);
        } else if (input instanceof Input.Absorb absorb) {
            absorb(absorb, turn);
        }
    }

    private void start(Spec spec, Turn turn) {
        if (!started.add(spec.message())) {
            return;
        }
        watch(new Wait(spec, false, null, spec.validUntil() + Rules.HOUR), turn);
        tellPlan(spec, 0, turn);
    }

    private void leave(String message, Turn turn) {
        Wait wait = waits.get(message);
        if (wait != null && !wait.over() && !wait.left()) {
            waits.put(message, wait.leave());
            tellCancel(wait.spec(), turn);
        }
    }

    private void confirm(Input.Confirm confirm, Turn turn) {
        Wait wait = waits.get(confirm.message());
        if (wait == null) {
            turn.tell(confirm.contactPoint(), new Input.Cancel(confirm.message(), 0, self));
        } else if (wait.left() || wait.over()) {
            tellCancel(wait.spec(), turn);
        } else {
            tellPlan(wait.spec(), confirm.round(), turn);
        }
    }

    private void settle(Input.Settled settled) {
        Wait wait = waits.get(settled.message());
        if (wait == null || (wait.over() && !rules.omits(Mutation.LAST_SETTLED_WINS))) {
            return;
        }
        waits.put(settled.message(), wait.settle(settled.verdict()));
    }

    private void due(String message, Turn turn) {
        Wait wait = waits.get(message);
        if (wait == null || wait.due() > turn.now()) {
            return;
        }
        if (wait.over()) {
            waits.remove(message);
        } else if (wait.verdict() == null && !rules.omits(Mutation.CUSTOMER_ASKS_ONCE)) {
            watch(wait.askAgainAt(turn.now() + Rules.DAY), turn);
            tellPlan(wait.spec(), 0, turn);
        }
    }

    private void watch(Wait wait, Turn turn) {
        waits.put(wait.spec().message(), wait);
        turn.setTimer(wait.spec().message(), wait.due());
    }

    private void tellPlan(Spec spec, int round, Turn turn) {
        turn.tell(spec.contactPoint(), new Input.Plan(spec, round, self, turn.now()));
    }

    private void tellCancel(Spec spec, Turn turn) {
        turn.tell(spec.contactPoint(), new Input.Cancel(spec.message(), spec.validUntil(), self));
    }

    private void drain(Key into, Turn turn) {
        survivor = into;
        turn.tell(into, new Input.Absorb(self, Set.copyOf(absorbed), Set.copyOf(started), Map.copyOf(waits)));
        parked.forEach(forwarded -> forward(forwarded, turn));
        parked.clear();
    }

    private void absorb(Input.Absorb absorb, Turn turn) {
        if (!absorbed.add(absorb.absorbed())) {
            return;
        }
        absorbed.addAll(absorb.earlier());
        started.addAll(absorb.started());
        absorb.waits().values().forEach(wait -> watch(wait, turn));
        List<Input.Forwarded> waiting = List.copyOf(parked);
        parked.clear();
        waiting.forEach(forwarded -> receive(forwarded, turn));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One run: steps keys, commits, delivers messages late, twice and in any order, and crashes between any two commits.
 * State, timers, rows and messages of one key commit together or not at all; everything else may go wrong.
 */
final class Simulator {
    record TimerId(Key key, String name) {}

    /** One commit, for whoever has to understand a run. */
    record Step(long at, Key key, Input input, List<Effect> effects) {}

    /** So few that what is lost is told again before the run ends. */
    private static final int LOSSES = 6;

    final Schedule schedule;
    final Rules rules;
    final Laws laws;
    final Tally tally = new Tally();
    final Outbox outbox = new Outbox();
    final Map<Key, Aggregate> states = new TreeMap<>();
    KillSwitch killSwitch = KillSwitch.OFF;

    private final Map<TimerId, Long> timers = new HashMap<>();
    private final Map<Key, Integer> undelivered = new HashMap<>();
    private final boolean lossy;
    private final Climate climate;
    private final Consumer<Step> trace;
    private final Dispatcher dispatcher;
    private final Host host;
    private int losses;

    Simulator(long seed, Mutation mutation, boolean lossy, Consumer<Step> trace) {
        this.schedule = new Schedule(seed);
        this.rules = new Rules(mutation, 1 + schedule.below(2));
        this.lossy = lossy;
        this.trace = trace;
        this.climate = lossy ? Climate.of(schedule).withoutMerges() : Climate.of(schedule);
        this.laws = new Laws(rules, lossy);
        this.dispatcher = new Dispatcher(this);
        this.host = new Host(this, climate);
    }

    /** Runs until nothing is left to happen and says what happened; {@link LawBroken} if a law did not hold. */
    Tally run() {
        host.start();
        schedule.runUntilNothingIsLeft();
        laws.finished(states, outbox);
        host.countVerdicts();
        tally.count("runs");
        return tally;
    }

    private long delay() {
        return schedule.delay(climate.slow());
    }

    // Messages.

    void post(Key to, Input input) {
        tally.count("messages");
        undelivered.merge(to, 1, Integer::sum);
        schedule.after(delay(), () -> deliver(to, input));
    }

    boolean hasUndelivered(Key key) {
        return undelivered.getOrDefault(key, 0) > 0;
    }

    private void deliver(Key to, Input input) {
        if (schedule.chance(climate.crashes())) {
            tally.count("crashes before a commit");
            schedule.after(delay(), () -> deliver(to, input));
            return;
        }
        tally.count("deliveries");
        tally.count("delivered " + input.getClass().getSimpleName());
        step(to, input);
        if (schedule.chance(climate.repetitions())) {
            tally.count("repetitions");
            schedule.after(delay(), () -> deliver(to, input));
        } else {
            undelivered.merge(to, -1, Integer::sum);
        }
    }

    private void step(Key key, Input input) {
        laws.stepping(input, states.get(key));
        Aggregate state = states.get(key).copy();
        Turn turn = new Turn(schedule.now());
        state.on(input, turn);
        trace.accept(new Step(schedule.now(), key, input, turn.effects()));
        states.put(key, state);
        turn.effects().forEach(effect -> apply(key, effect));
        laws.committed(key, state, timers.keySet());
        host.react();
    }

    private void apply(Key from, Effect effect) {
        if (effect instanceof Effect.Tell tell) {
            tell(tell);
        } else if (effect instanceof Effect.SetTimer timer) {
            setTimer(new TimerId(from, timer.timer()), timer.due());
        } else if (effect instanceof Effect.Ask ask) {
            ask(from, ask);
        } else if (effect instanceof Effect.Enqueue enqueue) {
            enqueue(enqueue.row());
        } else if (effect instanceof Effect.Withdraw withdraw) {
            outbox.withdraw(withdraw.message(), withdraw.round())
                    .ifPresent(answer -> answer(from, withdraw.message(), withdraw.round(), answer));
        } else if (effect instanceof Effect.RecordVerdict verdict) {
            laws.recorded(verdict.message(), verdict.verdict());
        } else if (effect instanceof Effect.Forget forget) {
            outbox.forget(forget.message());
        }
    }

    private void tell(Effect.Tell tell) {
        laws.told(tell.input(), schedule.now());
        if (lossy && losses < LOSSES && schedule.chance(0.05)) {
            losses++;
            tally.count("messages lost for good");
        } else {
            post(tell.to(), tell.input());
        }
    }

    void answer(Key contactPoint, String message, int round, Answer answer) {
        tally.count("answers " + answer);
        tell(new Effect.Tell(contactPoint, new Input.Result(message, round, answer, schedule.now())));
    }

    private void ask(Key from, Effect.Ask ask) {
        if (schedule.chance(0.9)) {
            boolean clear = schedule.chance(0.95);
            schedule.after(delay(), () -> post(from, new Input.Answered(ask.message(), ask.round(), clear)));
        }
    }

    private void enqueue(Outbox.Row row) {
        laws.enqueued(row);
        if (outbox.add(row)) {
            dispatcher.look(row);
        }
    }

    // Timers.

    private void setTimer(TimerId id, long due) {
        timers.put(id, due);
        schedule.at(due, () -> schedule.after(delay(), () -> fire(id, due)));
    }

    /** A timer that was moved may still fire, and one that fired may fire again. */
    private void fire(TimerId id, long due) {
        boolean armed = timers.getOrDefault(id, -1L) == due;
        if (!armed && schedule.chance(0.7)) {
            return;
        }
        if (schedule.chance(climate.crashes())) {
            tally.count("crashes before a commit");
            schedule.after(delay(), () -> fire(id, due));
            return;
        }
        tally.count("delivered Due");
        if (armed) {
            timers.remove(id);
        }
        step(id.key(), new Input.Due(id.name()));
        if (schedule.chance(climate.repetitions())) {
            schedule.after(delay(), () -> fire(id, due));
        }
    }

    /** The customer who answers for this one after all merges that have committed. */
    Key survivorOf(Key customer) {
        Key survivor = ((Customer) states.get(customer)).survivor();
        return survivor == null ? customer : survivorOf(survivor);
    }

    List<Key> keys(Key.Kind kind) {
        return states.keySet().stream().filter(key -> key.kind() == kind).toList();
    }

    ContactPoint contactPoint(Key key) {
        return (ContactPoint) states.get(key);
    }
}

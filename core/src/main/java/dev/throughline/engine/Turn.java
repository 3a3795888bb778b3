// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.MessageId;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Recalled;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Withdrawn;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies inputs in one unit of work. It goes by rounds: what the inputs of a round tell is the next round, until nothing is told;
 * what is told to a key that another unit has is left to a later one. Used once, by one thread.
 */
final class Turn {

    /** How long a repeated touchpoint is recognised. */
    static final Duration DEDUPE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final int MOST_ROUNDS = 1_000;

    private final Machine machine;
    private final Lanes lanes;
    private final Disorder disorder;
    private final Unit unit;
    private final Instant now;
    private final Changes changes = Changes.none();
    private final Map<Key, Object> states = new HashMap<>();
    private final Set<Key> loaded = new HashSet<>();
    private final Set<String> touchpoints = new HashSet<>();
    private final Map<Changes.TimerName, @Nullable Instant> timers = new LinkedHashMap<>();
    private final Map<MessageId, Outgoing> enqueued = new LinkedHashMap<>();
    private final Map<MessageId, Withdrawal> withdrawals = new TreeMap<>();
    private List<Envelope> next = new ArrayList<>();

    private record Withdrawal(Key key, String id) {}

    Turn(Machine machine, Lanes lanes, Disorder disorder, Unit unit, Instant now) {
        this.machine = machine;
        this.lanes = lanes;
        this.disorder = disorder;
        this.unit = unit;
        this.now = now;
    }

    /** Applies inputs and everything that follows from them within this unit. */
    void run(List<Envelope> inputs) {
        next.addAll(inputs);
        for (int round = 0; !next.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new IllegalStateException(MOST_ROUNDS + " rounds at " + now + " and no end; the last ones told "
                        + next.get(0).to().kind());
            }
            var arranged = disorder.arrange(next);
            next = new ArrayList<>(arranged.later());
            round(arranged.now());
        }
    }

    /** Everything that was changed, for the commit. */
    Changes changes() {
        timers.forEach((name, due) -> {
            changes.timersCancelled().add(name);
            if (due != null) {
                changes.timersSet().add(new Timer(name.key(), name.name(), due));
            }
        });
        changes.enqueued().addAll(enqueued.values());
        return changes;
    }

    /** Ids of inputs that were left to a later unit. */
    List<Envelope> left() {
        return changes.told();
    }

    private void round(List<Envelope> delivered) {
        var claimed = claimed(delivered);
        drop(claimed, repeated(claimed));
        load(claimed);
        var byKey = new TreeMap<Key, List<Envelope>>();
        claimed.forEach(envelope ->
                byKey.computeIfAbsent(envelope.to(), key -> new ArrayList<>(2)).add(envelope));
        for (Stepped stepped :
                lanes.each(List.copyOf(byKey.entrySet()), entry -> step(entry.getKey(), entry.getValue()))) {
            carryOut(stepped);
        }
        withdraw();
    }

    private List<Envelope> claimed(List<Envelope> delivered) {
        var wanted = new TreeSet<Key>();
        delivered.forEach(envelope -> wanted.add(envelope.to()));
        Set<Key> mine = unit.claim(wanted, false);
        var claimed = new ArrayList<Envelope>(delivered.size());
        for (Envelope envelope : delivered) {
            (mine.contains(envelope.to()) ? claimed : changes.told()).add(envelope);
        }
        return claimed;
    }

    /** Touchpoints that are on the timeline already, from before or from an earlier round. */
    private Set<String> repeated(List<Envelope> claimed) {
        var ids = new TreeSet<String>();
        claimed.forEach(envelope -> {
            String id = touchpoint(envelope);
            if (id != null) {
                ids.add(id);
            }
        });
        if (ids.isEmpty()) {
            return Set.of();
        }
        var repeated = new HashSet<>(unit.seen(ids, now.minus(DEDUPE)));
        for (String id : ids) {
            if (!touchpoints.add(id)) {
                repeated.add(id);
            }
        }
        return repeated;
    }

    private static void drop(List<Envelope> claimed, Set<String> repeated) {
        if (!repeated.isEmpty()) {
            claimed.removeIf(envelope -> {
                String id = touchpoint(envelope);
                return id != null && repeated.contains(id);
            });
        }
    }

    private static @Nullable String touchpoint(Envelope envelope) {
        return envelope.input() instanceof Input.Told told && told.payload() instanceof Observed observed
                ? observed.touchpoint().id()
                : null;
    }

    private void load(List<Envelope> claimed) {
        var missing = new TreeSet<Key>();
        for (Envelope envelope : claimed) {
            if (loaded.add(envelope.to())) {
                missing.add(envelope.to());
            }
        }
        if (!missing.isEmpty()) {
            states.putAll(unit.load(missing));
        }
    }

    /** The step of one key: pure, so that keys may run in parallel. */
    private Stepped step(Key key, List<Envelope> inputs) {
        var aggregate = machine.step(key.kind());
        inputs.sort(Envelope.ORDER);
        var stepped = new Stepped(key, states.getOrDefault(key, aggregate.initial(key)));
        var applied = new HashSet<String>();
        for (Envelope envelope : inputs) {
            if (applied.add(envelope.input().id())) {
                stepped.apply(aggregate, envelope, now);
            }
        }
        return stepped;
    }

    private void carryOut(Stepped stepped) {
        if (stepped.changed()) {
            states.put(stepped.key(), stepped.state());
            changes.states().put(stepped.key(), stepped.state());
        }
        for (DeadLetter letter : stepped.deadLetters()) {
            changes.deadLetters().add(letter);
            finish(letter.envelope());
        }
        int ordinal = 0;
        for (Stepped.Applied applied : stepped.applied()) {
            finish(applied.envelope());
            int index = 0;
            for (Effect effect : applied.effects()) {
                carryOut(effect, stepped.key(), applied.envelope().input().id(), ordinal, index++);
            }
            ordinal++;
        }
    }

    private void carryOut(Effect effect, Key key, String cause, int ordinal, int index) {
        if (effect instanceof Effect.Tell tell) {
            send(tell.to(), new Input.Told(cause + "." + index, key, tell.payload()), key, ordinal, index);
        } else if (effect instanceof Effect.Record line) {
            changes.entries().add(line.entry());
        } else if (effect instanceof Effect.SetTimer timer) {
            timers.put(new Changes.TimerName(key, timer.timer()), timer.due());
        } else if (effect instanceof Effect.CancelTimer timer) {
            timers.put(new Changes.TimerName(key, timer.timer()), null);
        } else if (effect instanceof Effect.Enqueue row) {
            enqueued.put(row.outgoing().message().id(), row.outgoing());
        } else if (effect instanceof Effect.Cancel cancel) {
            withdrawals.put(cancel.message(), new Withdrawal(key, cause + "." + index));
        } else if (effect instanceof Effect.Ask ask) {
            var answer = answered(ask);
            if (answer != null) {
                send(key, new Input.Answered(cause + "." + index, answer), key, ordinal, index);
            }
        }
    }

    private void withdraw() {
        if (withdrawals.isEmpty()) {
            return;
        }
        var found = new TreeSet<MessageId>();
        withdrawals.keySet().stream().filter(id -> enqueued.remove(id) != null).forEach(found::add);
        found.addAll(unit.withdraw(withdrawals.keySet()));
        for (MessageId message : found) {
            var withdrawal = withdrawals.get(message);
            if (withdrawal != null) {
                next.add(new Envelope(
                        withdrawal.key, new Input.Received(withdrawal.id, new Withdrawn(message)), "", place(0, 0)));
            }
        }
        withdrawals.clear();
    }

    /** A port that fails has not answered: whoever asked has set a timer. */
    private @Nullable Payload answered(Effect.Ask ask) {
        Function<Payload, Payload> port = machine.ports().get(ask.port());
        try {
            return port == null ? null : port.apply(ask.question());
        } catch (RuntimeException failed) {
            LOG.atWarn()
                    .addKeyValue("port", ask.port())
                    .addKeyValue("error", failed.getClass().getName())
                    .log("a port has failed");
            return null;
        }
    }

    private void send(Key to, Input input, Key from, int ordinal, int index) {
        next.add(new Envelope(to, input, from.toString(), place(ordinal, index)));
    }

    /** What was sent later comes later, over units too. */
    private long place(int ordinal, int index) {
        return now.toEpochMilli() << 20 | (long) Math.min(ordinal, 1023) << 10 | Math.min(index, 1023);
    }

    /** An attempt's outcome ends its row, and tells by which references more news of the message will come. */
    private void finish(Envelope envelope) {
        if (envelope.input() instanceof Input.Received received) {
            if (received.payload() instanceof Attempted attempted) {
                finish(attempted.message(), attempted.attempt());
                changes.routes().put(attempted.message().value(), envelope.to());
                attempted.references().forEach(reference -> changes.routes().put(reference, envelope.to()));
            } else if (received.payload() instanceof Recalled recalled
                    && recalled.why() == Recalled.Why.DELIVERY_MODE) {
                finish(recalled.message(), recalled.attempt());
            }
        }
    }

    private void finish(MessageId message, int number) {
        var attempt = new Changes.Attempt(message, number);
        enqueued.values().removeIf(row -> Changes.Attempt.of(row).equals(attempt));
        changes.finished().add(attempt);
    }
}

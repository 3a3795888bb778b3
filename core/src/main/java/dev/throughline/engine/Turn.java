// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.MessageId;
import dev.throughline.consent.LedgerLine;
import dev.throughline.customer.History;
import dev.throughline.customer.Merge;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Deferred;
import dev.throughline.decision.Recalled;
import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Question;
import dev.throughline.ring.Withdrawn;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Unit;
import dev.throughline.store.Unreadable;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private static final int KEYS_OF_AN_INPUT = 4;

    private final Machine machine;
    private final Lanes lanes;
    private final Disorder disorder;
    private final Unit unit;
    private final Instant now;
    private final Changes changes = Changes.none();
    private final Set<String> touchpoints = new HashSet<>();
    private final Map<MessageId, Outgoing> enqueued = new LinkedHashMap<>();
    private final Map<MessageId, Withdrawal> withdrawals = new TreeMap<>();
    private final List<Asked> asked = new ArrayList<>(0);
    private final OptOuts optOuts = new OptOuts();
    private final long start;
    private Map<Key, Held> held = Map.of();
    private List<Envelope> next = new ArrayList<>();
    private @Nullable Figures figures;

    private record Withdrawal(Key key, String id) {}

    Turn(Machine machine, Lanes lanes, Disorder disorder, Unit unit, Instant now) {
        this.machine = machine;
        this.lanes = lanes;
        this.disorder = disorder;
        this.unit = unit;
        this.now = now;
        this.start = now.toEpochMilli() << 20;
    }

    /** Applies inputs and everything that follows from them within this unit. */
    void run(List<Envelope> inputs) {
        next.addAll(inputs);
        held = new LinkedHashMap<>(inputs.size() * KEYS_OF_AN_INPUT);
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
        held.values().forEach(one -> one.writeTo(changes));
        changes.enqueued().addAll(enqueued.values());
        return changes;
    }

    /** What code of the host is to be asked once this is committed. */
    List<Asked> asked() {
        return asked;
    }

    /** Refusals that it has written, if it counts. */
    OptOuts optOuts() {
        return optOuts;
    }

    /** Tells figures of what it does. */
    Turn counting(@Nullable Figures into) {
        figures = into;
        return this;
    }

    private void count(List<Held> work, Figures into) {
        into.count("throughline.rounds", 1);
        for (Held one : work) {
            one.inputs.forEach(envelope -> count(envelope, into));
        }
    }

    private static void count(Envelope envelope, Figures figures) {
        if (envelope.input() instanceof Input.Due) {
            figures.count("throughline.timers.due", 1);
        } else if (envelope.input() instanceof Input.Told told && told.payload() instanceof Deferred deferred) {
            figures.count("throughline.deferred", 1, "reason", deferred.reason());
        }
    }

    /** Ids of inputs that were left to a later unit. */
    List<Envelope> left() {
        return changes.told();
    }

    private void round(List<Envelope> delivered) {
        var work = claimed(work(delivered));
        drop(work, repeated(work));
        dropPassedOn(work);
        load(work);
        setAsideUnreadable(work);
        if (figures != null) {
            count(work, figures);
        }
        lanes.each(work, this::step, this::carryOut);
        withdraw();
    }

    /** The keys of this round with their inputs, always in the same order. */
    private List<Held> work(List<Envelope> delivered) {
        var work = new ArrayList<Held>(delivered.size());
        for (Envelope envelope : delivered) {
            Held one = held.computeIfAbsent(envelope.to(), Held::new);
            if (one.inputs.isEmpty()) {
                work.add(one);
            }
            one.inputs.add(envelope);
        }
        work.sort(Held.ORDER);
        return work;
    }

    /** Those that are this unit's; what is for others is left to a later unit. */
    private List<Held> claimed(List<Held> work) {
        var wanted = new ArrayList<Key>();
        for (Held one : work) {
            if (!one.claimed) {
                wanted.add(one.key);
            }
        }
        Set<Key> busy = wanted.isEmpty() ? Set.of() : unit.claim(wanted, false);
        work.forEach(one -> one.claimed = one.claimed || !busy.contains(one.key));
        if (busy.isEmpty()) {
            return work;
        }
        var claimed = new ArrayList<Held>(work.size());
        for (Held one : work) {
            if (one.claimed) {
                claimed.add(one);
            } else {
                changes.told().addAll(one.inputs);
                one.inputs.clear();
            }
        }
        return claimed;
    }

    /** Touchpoints that are on the timeline already, from before or from an earlier round. */
    private Set<String> repeated(List<Held> work) {
        var ids = new ArrayList<String>();
        for (Held each : work) {
            if (each.key.kind() == Key.Kind.CUSTOMER) {
                for (Envelope envelope : each.inputs) {
                    String id = touchpoint(envelope);
                    if (id != null) {
                        ids.add(id);
                    }
                }
            }
        }
        if (ids.isEmpty()) {
            return Set.of();
        }
        var repeated = new HashSet<>(unit.seen(ids, now.minus(DEDUPE)));
        for (String id : ids) {
            if (touchpoints.contains(id)) {
                repeated.add(id);
            }
        }
        touchpoints.addAll(ids);
        return repeated;
    }

    private static void drop(List<Held> work, Set<String> repeated) {
        if (repeated.isEmpty()) {
            return;
        }
        for (Held each : work) {
            each.inputs.removeIf(envelope -> {
                String id = touchpoint(envelope);
                return id != null && repeated.contains(id);
            });
        }
        work.removeIf(each -> each.inputs.isEmpty());
    }

    private void dropPassedOn(List<Held> work) {
        boolean dropped = false;
        for (Held each : work) {
            if (each.isMerging()) {
                var here = new HashSet<String>();
                dropped |= each.inputs.removeIf(envelope -> isOnTimeline(envelope, here));
            }
        }
        if (dropped) {
            work.removeIf(each -> each.inputs.isEmpty());
        }
    }

    private static @Nullable String touchpoint(Envelope envelope) {
        return envelope.input() instanceof Input.Told told && told.payload() instanceof Observed observed
                ? observed.touchpoint().id()
                : null;
    }

    /**
     * What an absorbed customer passes on was new when it reached her; it is dropped if it is on a timeline, from before or from this
     * unit.
     */
    private boolean isOnTimeline(Envelope envelope, Set<String> here) {
        String id = passedOn(envelope);
        return id != null
                && (!here.add(id)
                        || changes.entries().stream().anyMatch(line -> isLine(line, id))
                        || !unit.seen(List.of(id), now.minus(DEDUPE)).isEmpty());
    }

    /** Whether an input is what was handed in under this id, or brings it to her whose touchpoint it is. */
    static boolean isOf(Envelope envelope, String id) {
        return id.equals(envelope.input().id()) || id.equals(touchpoint(envelope)) || id.equals(passedOn(envelope));
    }

    private static @Nullable String passedOn(Envelope envelope) {
        return envelope.input() instanceof Input.Told told
                        && told.payload() instanceof Merge.Forward forward
                        && forward.payload() instanceof Observed observed
                ? observed.touchpoint().id()
                : null;
    }

    private static boolean isLine(Entry line, String touchpoint) {
        return line.log() == Entry.Log.TIMELINE
                && line.body() instanceof Observed observed
                && observed.touchpoint().id().equals(touchpoint);
    }

    private void load(List<Held> work) {
        var missing = new ArrayList<Key>();
        for (Held each : work) {
            if (!each.loaded) {
                missing.add(each.key);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        var states = unit.load(missing).iterator();
        for (Held each : work) {
            if (!each.loaded) {
                each.loaded = true;
                each.state = states.next();
                each.stored = each.state != null;
                each.rebuild = each.state instanceof Unreadable
                        ? null
                        : machine.generation().due(each.key, each.state, number -> unit.settings(), this::touchpoints);
            }
        }
        findErased(missing);
    }

    /** What has no state may have been erased: what stands for it since tells what has to be known of it. */
    private void findErased(Collection<Key> loaded) {
        var standIns = new LinkedHashMap<Key, List<Key>>();
        for (Key key : loaded) {
            Held one = held.get(key);
            if (one != null && one.state == null) {
                List<Key> some = machine.step(key.kind()).standIns(key);
                if (!some.isEmpty()) {
                    standIns.put(key, some);
                }
            }
        }
        if (standIns.isEmpty()) {
            return;
        }
        var all = standIns.values().stream().flatMap(List::stream).distinct().toList();
        Map<Key, Object> found = unit.peek(all);
        standIns.forEach((key, some) -> {
            var known = some.stream().filter(found::containsKey).map(found::get).toList();
            if (!known.isEmpty()) {
                Object unreadable = known.stream()
                        .filter(Unreadable.class::isInstance)
                        .findFirst()
                        .orElse(null);
                Objects.requireNonNull(held.get(key)).state =
                        unreadable == null ? machine.step(key.kind()).returned(key, known) : unreadable;
            }
        });
    }

    /** What comes for a state that cannot be read waits until somebody has mended that. */
    private void setAsideUnreadable(List<Held> work) {
        boolean found = false;
        for (Held each : work) {
            if (each.state instanceof Unreadable state) {
                found = true;
                each.inputs.forEach(input -> setAside(new DeadLetter(input, state.reason(), now)));
                each.inputs.clear();
                LOG.atError()
                        .addKeyValue("kind", each.key.kind())
                        .log("{}; what comes for it is set aside", state.reason());
            }
        }
        if (found) {
            work.removeIf(each -> each.inputs.isEmpty());
        }
    }

    private void setAside(DeadLetter letter) {
        changes.deadLetters().add(letter);
        finish(letter.envelope());
    }

    /** The step of one key: pure, so that keys may run in parallel. */
    private Stepped step(Held one) {
        var aggregate = machine.step(one.key.kind());
        Object state = one.state == null ? aggregate.initial(one.key) : one.state;
        var stepped = new Stepped(one.key, state, one.inputs.size() + 1);
        if (one.rebuild != null) {
            stepped.apply(aggregate, new Envelope(one.key, one.rebuild, "", 0), now);
            one.rebuild = null;
        }
        if (one.inputs.size() == 1) {
            stepped.apply(aggregate, one.inputs.get(0), now);
            return stepped;
        }
        one.inputs.sort(Envelope.ORDER);
        var applied = new HashSet<String>(one.inputs.size() * 2);
        for (Envelope envelope : one.inputs) {
            if (applied.add(envelope.input().id())) {
                stepped.apply(aggregate, envelope, now);
            }
        }
        return stepped;
    }

    private void carryOut(Held one, Stepped stepped) {
        one.inputs.clear();
        if (stepped.changed()) {
            one.change(stepped.state());
        }
        stepped.deadLetters().forEach(this::setAside);
        List<Effect> effects = stepped.effects();
        int effect = 0;
        for (int ordinal = 0; ordinal < stepped.applied().size(); ordinal++) {
            Envelope applied = stepped.applied().get(ordinal);
            finish(applied);
            if (effect < stepped.end(ordinal)) {
                var cause = new Cause(applied.input(), ordinal);
                for (; effect < stepped.end(ordinal); effect++) {
                    carryOut(effects.get(effect), one, cause);
                    cause.index++;
                }
            }
        }
    }

    /** From which input an effect comes, and its place among all that the key's inputs of this round made. */
    private static final class Cause {
        private final Input input;
        private final int ordinal;
        private int index;

        Cause(Input input, int ordinal) {
            this.input = input;
            this.ordinal = ordinal;
        }

        String id() {
            return input.id() + "." + index;
        }
    }

    private void carryOut(Effect effect, Held one, Cause cause) {
        if (effect instanceof Effect.Tell tell) {
            send(tell.to(), Input.Told.after(cause.input, cause.index, one.key, tell.payload()), one, cause);
        } else if (effect instanceof Effect.Record line) {
            changes.entries().add(line.entry());
            if (figures != null && line.entry().body() instanceof LedgerLine said) {
                said.event().ifPresent(event -> optOuts.heard(event, cause.input));
            }
        } else if (effect instanceof Effect.SetTimer timer) {
            one.timer(timer.timer(), timer);
        } else if (effect instanceof Effect.CancelTimer timer) {
            one.timer(timer.timer(), timer);
        } else if (effect instanceof Effect.Enqueue row) {
            enqueued.put(row.outgoing().message().id(), row.outgoing());
        } else if (effect instanceof Effect.Cancel cancel) {
            withdrawals.put(cancel.message(), new Withdrawal(one.key, cause.id()));
        } else if (effect instanceof Effect.Erase erase) {
            erase(one, erase);
        } else if (effect instanceof Effect.Index index) {
            changes.members().put(new Changes.Member(index.index(), one.key), index.in());
        } else if (effect instanceof Effect.Ask ask && ask.question() instanceof Question question) {
            asked.add(new Asked(one.key, cause.id(), ask.port(), question));
        } else if (effect instanceof Effect.Ask ask) {
            var answer = answered(ask);
            if (answer != null) {
                send(one.key, new Input.Answered(cause.id(), answer), one, cause);
            }
        }
    }

    /** A second word on a key that is erased within one unit is as good as the first. */
    private void erase(Held one, Effect.Erase effect) {
        new Clearing(unit, changes).clear(one.key, effect);
        enqueued.values()
                .removeIf(row ->
                        row.contactPoint().equals(one.key) || row.customer().equals(one.key));
        withdrawals.values().removeIf(withdrawal -> withdrawal.key.equals(one.key));
        one.erased(effect.state());
    }

    /** What is not there any more is under way, or its outcome is lost: news of it must find whoever asked. */
    private void withdraw() {
        if (withdrawals.isEmpty()) {
            return;
        }
        var found = new HashSet<MessageId>();
        withdrawals.keySet().stream().filter(id -> enqueued.remove(id) != null).forEach(found::add);
        found.addAll(unit.withdraw(withdrawals.keySet()));
        withdrawals.forEach((message, withdrawal) -> {
            if (found.contains(message)) {
                next.add(new Envelope(
                        withdrawal.key, new Input.Received(withdrawal.id, new Withdrawn(message)), "", place(0, 0)));
            } else {
                lead(message.value(), withdrawal.key);
            }
        });
        withdrawals.clear();
    }

    /** A port that fails has not answered: whoever asked has set a timer. */
    private @Nullable Payload answered(Effect.Ask ask) {
        if (ask.question() instanceof History history) {
            return history.answered(touchpoints(history));
        }
        Function<Payload, Payload> port = machine.ports().get(ask.port());
        try {
            return port == null ? null : port.apply(ask.question());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failed) {
            LOG.atWarn()
                    .addKeyValue("port", ask.port())
                    .addKeyValue("error", failed.getClass().getName())
                    .log("a port has failed");
            return null;
        }
    }

    /** Those of earlier units, and those of this one. */
    private List<Touchpoint> touchpoints(History history) {
        var subjects = history.whose().stream().map(CustomerId::toString).toList();
        var lines = new ArrayList<Entry>();
        subjects.forEach(subject -> lines.addAll(unit.entries(Entry.Log.TIMELINE, subject)));
        changes.entries().stream()
                .filter(line -> line.log() == Entry.Log.TIMELINE && subjects.contains(line.subject()))
                .forEach(lines::add);
        return lines.stream()
                .flatMap(line -> line.body() instanceof Observed observed
                        ? Stream.of(observed.touchpoint())
                        : Stream.<Touchpoint>empty())
                .filter(touchpoint -> !touchpoint.occurredAt().isBefore(history.since()))
                .sorted(Comparator.comparing(Touchpoint::occurredAt).thenComparing(Touchpoint::id))
                .toList();
    }

    private void send(Key to, Input input, Held from, Cause cause) {
        next.add(Envelope.from(from.key, to, input, place(cause.ordinal, cause.index)));
    }

    /** What was sent later comes later, over units too. */
    private long place(int ordinal, int index) {
        return start | (long) Math.min(ordinal, 1023) << 10 | Math.min(index, 1023);
    }

    /** An attempt's outcome ends its row, and tells by which references more news of the message will come. */
    private void finish(Envelope envelope) {
        if (envelope.input() instanceof Input.Received received) {
            if (received.payload() instanceof Attempted attempted) {
                finish(attempted.message(), attempted.attempt());
                lead(attempted.message().value(), envelope.to());
                attempted.references().forEach(reference -> lead(reference, envelope.to()));
            } else if (received.payload() instanceof Recalled recalled && recalled.isAttempt()) {
                finish(recalled.message(), recalled.attempt());
            }
        }
    }

    /** An address that is not there, because its holder was erased, hears of nothing, and its name is not to be kept. */
    private void lead(String reference, Key to) {
        Held one = held.get(to);
        if (one == null || one.isThere()) {
            changes.routes().put(reference, to);
        }
    }

    private void finish(MessageId message, int number) {
        var attempt = new Changes.Attempt(message, number);
        Outgoing row = enqueued.get(message);
        if (row != null && Changes.Attempt.of(row).equals(attempt)) {
            enqueued.remove(message);
        }
        changes.finished().add(attempt);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Callback;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Turns the ring under virtual time: from instant to instant, at each of them until nothing is told and nothing is in flight. The
 * same inputs give the same bytes on every store, with any number of lanes. Used by one thread; adapters may answer from others.
 */
public final class VirtualEngine implements AutoCloseable {

    private static final int BATCH = 10_000;

    /** The settings that tell how far time has come, and how many engines have turned on the store; another one goes on there. */
    private static final String PRESENT = "virtual.present";

    private static final String RUNS = "virtual.runs";

    /** The settings after which nothing tells that one has turned on the store. */
    static final Map<String, String> FORGOTTEN = Map.of(PRESENT, "", RUNS, "");

    /** How often it is looked whether a lease is over. */
    private static final Duration LEASES = Duration.ofMillis(100);

    private static final Comparator<Touchpoint> ORDER = Comparator.comparing(Touchpoint::occurredAt)
            .thenComparing(Touchpoint::call)
            .thenComparing(Touchpoint::id);

    private final Rulebook rulebook;
    private final Sweep sweep;
    private final Store store;
    private final Map<String, ChannelAdapter> adapters = new TreeMap<>();
    private final Lanes lanes;
    private final Disorder disorder;
    private final Dispatcher dispatcher;
    private final Errands errands;
    private final List<Asked> asked = new ArrayList<>();
    private final List<Touchpoint> touchpoints = new ArrayList<>();
    private final Queue<Envelope> reports = new ConcurrentLinkedQueue<>();
    private volatile Instant now;
    private final int run;
    private String written;
    private boolean fresh = true;

    /**
     * An engine at rest. On a store on which another one has turned it goes on where that one was, if that is later than where it was to
     * begin; what that one was sending when it ended is unknown, once its lease is over.
     *
     * @param rules what it turns
     * @param store where it keeps it; opened with the codecs of the rules' machine
     * @param outlet how it sends
     * @param pace where it begins and how it works
     */
    public VirtualEngine(Rules rules, Store store, Outlet outlet, Pace pace) {
        this.rulebook = new Rulebook(rules, store);
        this.store = store;
        this.sweep = new Sweep(store, Sweep.PAGE);
        this.errands = new Errands(rules.hosted());
        this.lanes = new Lanes(pace.lanes());
        this.disorder = pace.disorder();
        Map<String, String> settings = store.settings();
        this.written = settings.getOrDefault(PRESENT, "");
        this.run = Integer.parseInt(settings.getOrDefault(RUNS, "0"));
        this.now = present(pace.start());
        outlet.adapters().forEach(adapter -> adapters.put(adapter.channel().name(), adapter));
        this.dispatcher = new Dispatcher(store, adapters, outlet, clock(), () -> 0);
        outlet.adapters().forEach(adapter -> adapter.listen(this::receive));
    }

    /**
     * How a virtual engine works.
     *
     * @param start the first instant
     * @param lanes how many threads step keys side by side; changes nothing but speed
     * @param disorder what is done to messages, for tests
     */
    public record Pace(Instant start, int lanes, Disorder disorder) {}

    /**
     * How many engines have turned on the store before.
     *
     * @return their number; 0 on an empty store
     */
    public int run() {
        return run;
    }

    /**
     * The run's clock.
     *
     * @return reads the present instant; thread-safe
     */
    public InstantSource clock() {
        return () -> now;
    }

    /**
     * Gives it a touchpoint of the present instant; stepped by the next {@link #settle}.
     *
     * @param touchpoint what happened
     */
    public void submit(Touchpoint touchpoint) {
        touchpoints.add(touchpoint);
    }

    /**
     * Hands in what somebody has decided.
     *
     * @param decision the input and its receiver; stepped by the next {@link #settle}
     */
    public void submit(Envelope decision) {
        reports.add(decision);
    }

    /**
     * Hands in what a provider said, as an adapter's own session would.
     *
     * @param callback receipts and messages; stepped by the next {@link #settle}
     * @return done at once
     */
    public CompletionStage<Void> receive(Callback callback) {
        callback.inbound().forEach(inbound -> reports.add(Routes.of(inbound)));
        callback.receipts().forEach(receipt -> Routes.of(store, receipt).ifPresent(reports::add));
        return CompletableFuture.completedFuture(null);
    }

    private Instant present(Instant start) {
        Instant before = written.isEmpty() ? start : Instant.parse(written);
        return before.isAfter(start) ? before : start;
    }

    /** Steps everything that is due at the present instant, until nothing is told and nothing is in flight. */
    public void settle() {
        if (fresh) {
            recover();
            fresh = false;
        }
        while (sweep.page()) {
            turn(List.of());
        }
        List<Envelope> inputs = happened();
        inputs.addAll(reported());
        do {
            turn(inputs);
            inputs = new ArrayList<>(dispatcher.recalls());
            inputs.addAll(dispatched());
            inputs.addAll(answered());
            inputs.addAll(reported());
        } while (!inputs.isEmpty());
    }

    /**
     * Lets time pass. Stops at every instant at which a timer is due; the last instant itself is left to {@link #settle}.
     *
     * @param until the new present
     */
    public void advanceTo(Instant until) {
        settle();
        for (Optional<Instant> due = next(until); due.isPresent(); due = next(until)) {
            now = due.get().isAfter(now) ? due.get() : now;
            settle();
        }
        now = until.isAfter(now) ? until : now;
    }

    /** Lets time pass, also over its last instant; timers of one grain fire together at its end. After each instant something is done. */
    void hastenTo(Instant until, Duration grain, Runnable each) {
        settle();
        each.run();
        for (Optional<Instant> due = next(until); due.isPresent(); due = next(until)) {
            Instant end = due.get().isAfter(now) ? due.get().plus(grain) : now;
            now = end.isBefore(until) ? end : until;
            settle();
            each.run();
        }
        now = until.isAfter(now) ? until : now;
        settle();
        each.run();
    }

    /**
     * Lets time pass until no timer is left.
     *
     * @param limit goes no further than this
     */
    public void drain(Instant limit) {
        settle();
        for (Optional<Instant> due = next(limit); due.isPresent(); due = next(limit)) {
            now = due.get().isAfter(now) ? due.get() : now;
            settle();
        }
    }

    /** Ends its threads; store and adapters are the host's to close. */
    @Override
    public void close() {
        lanes.close();
        errands.close();
    }

    private Optional<Instant> next(Instant before) {
        return store.nextDue().filter(due -> due.isBefore(before));
    }

    /** What another engine was sending when it ended has no outcome. */
    private void recover() {
        while (store.backlog().getOrDefault("sending", 0L) > 0) {
            List<Envelope> lapsed = dispatcher.lapsed();
            if (lapsed.isEmpty()) {
                Threads.pause(LEASES);
            } else {
                turn(lapsed);
            }
        }
    }

    private List<Envelope> happened() {
        touchpoints.sort(ORDER);
        var inputs = new ArrayList<Envelope>(touchpoints.size());
        for (Touchpoint touchpoint : touchpoints) {
            inputs.add(new Envelope(Key.of(touchpoint.identity()), new Input.Happened(touchpoint), "", inputs.size()));
        }
        touchpoints.clear();
        return inputs;
    }

    private void turn(List<Envelope> inputs) {
        while (!isTurned(inputs)) {
            rulebook.learn();
        }
    }

    /** Not if more campaigns have been published than are known: the unit was given up. */
    private boolean isTurned(List<Envelope> inputs) {
        try (Unit unit = store.begin()) {
            var all = new ArrayList<>(inputs);
            all.addAll(unit.takeTold(BATCH));
            all.addAll(unit.takeInbox(BATCH));
            for (Timer timer : unit.takeDue(now, Integer.MAX_VALUE)) {
                all.add(Timers.due(timer));
            }
            if (all.isEmpty()) {
                return true;
            }
            Machine machine = rulebook.machine(unit.settings());
            if (machine == null) {
                return false;
            }
            var turn = new Turn(machine, lanes, disorder, unit, now);
            turn.run(all);
            var changes = turn.changes();
            String present = now.toString();
            if (!written.equals(present)) {
                changes.settings().put(PRESENT, present);
                changes.settings().put(RUNS, String.valueOf(run + 1));
            }
            unit.commit(changes);
            written = present;
            asked.addAll(turn.asked());
            return true;
        }
    }

    /** What providers have said meanwhile, in the order of ids, because sessions deliver in any. */
    private List<Envelope> reported() {
        var said = new ArrayList<Envelope>();
        for (Envelope report = reports.poll(); report != null; report = reports.poll()) {
            said.add(report);
        }
        said.sort(Comparator.comparing(report -> report.input().id()));
        return said;
    }

    /** Asks the host's code, one question after the other and always in the same order. */
    private List<Envelope> answered() {
        var questions = new ArrayList<>(asked);
        asked.clear();
        questions.sort(Asked.ORDER);
        var answers = new ArrayList<Envelope>(questions.size());
        questions.forEach(question ->
                answers.add(errands.ask(question).toCompletableFuture().join()));
        return answers;
    }

    /** Sends all rows that wait, and returns their outcomes in the order of message ids. */
    private List<Envelope> dispatched() {
        var slots = new TreeMap<String, Integer>();
        adapters.keySet().forEach(channel -> slots.put(channel, Integer.MAX_VALUE));
        var taken = dispatcher.take(slots);
        var results = new ArrayList<CompletableFuture<Envelope>>(taken.rows().size());
        taken.rows().forEach(row -> results.add(dispatcher.send(row, taken).toCompletableFuture()));
        return results.stream()
                .map(CompletableFuture::join)
                .sorted(Comparator.comparing(result -> result.input().id()))
                .toList();
    }
}

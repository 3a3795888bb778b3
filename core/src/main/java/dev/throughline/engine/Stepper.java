// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.decision.Attempted;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps what comes in, by a thread of its own: as many inputs as there are in one commit, with those that the store keeps.
 * Thread-safe.
 */
final class Stepper implements Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Stepper.class);
    private static final int BATCH = 1_000;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Rulebook rulebook;
    private final Store store;
    private final InstantSource clock;
    private final Duration patience;
    private final Lanes lanes;
    private final Runnable enqueued;
    private final Consumer<Asked> asking;
    private final Watch watch;
    private final Arrivals arrivals;
    private final ConcurrentMap<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Parked parked = new Parked();
    private final Thread thread = new Thread(this::live, "throughline-steps");
    private final FaultLog faults = new FaultLog(LOG);
    private volatile String ended = "";

    /** Whether the last turn left inputs in the store; known to the stepping thread only. */
    private boolean behind;

    /** Who is told once another unit has stepped a touchpoint; since when, by the monotonic clock; and when it was received. */
    private record Waiting(CompletableFuture<Ack> done, long since, Instant at) {

        static Waiting of(Submission submission) {
            Touchpoint touchpoint = ((Input.Happened) submission.envelope().input()).touchpoint();
            return new Waiting(submission.done(), submission.since(), touchpoint.receivedAt());
        }

        /** A touchpoint that is handed in twice at once is acknowledged twice. */
        Waiting and(Waiting second) {
            var unused = done.whenComplete((ack, error) -> {
                if (error == null) {
                    second.done.complete(ack);
                } else {
                    second.done.completeExceptionally(error);
                }
            });
            return this;
        }
    }

    /** Inputs that the store keeps, some of which are taken along. */
    private interface Kept {
        List<Envelope> taken(Unit unit, Instant now, int most);
    }

    private static final Kept INBOX = (unit, now, most) -> unit.takeInbox(most);
    private static final Kept TOLD = (unit, now, most) -> unit.takeTold(most);
    private static final Kept DUE = (unit, now, most) ->
            unit.takeDue(now, most).stream().map(Timers::due).toList();

    /**
     * What it has to do with others.
     *
     * @param patience how long whoever waits for an answer is kept while the store cannot be reached
     * @param enqueued is run when the outbox has got rows
     * @param asking is given what code of the host is asked, once that is committed; must not block
     * @param watch is told figures
     */
    record Ties(Duration patience, Runnable enqueued, Consumer<Asked> asking, Watch watch) {}

    /** One that has not started. */
    Stepper(Rulebook rulebook, Store store, LiveEngine.Pace pace, Ties ties) {
        this.rulebook = rulebook;
        this.store = store;
        this.clock = pace.clock();
        this.lanes = new Lanes(pace.lanes());
        this.patience = ties.patience();
        this.arrivals = new Arrivals("stepped", patience);
        this.enqueued = ties.enqueued();
        this.asking = ties.asking();
        this.watch = ties.watch();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public boolean isRunning() {
        return arrivals.isOpen();
    }

    @Override
    public String ended() {
        return ended;
    }

    @Override
    public CompletionStage<Ack> submit(Submission submission) {
        return arrivals.add(submission, this::closed);
    }

    @Override
    public ThroughlineException closed() {
        return new ThroughlineException(ended.isEmpty() ? "closed: nothing more is taken" : ended);
    }

    @Override
    public void close(Duration most) {
        arrivals.close();
        if (Threads.join(thread, most)) {
            lanes.close(); // a turn that still hangs would take it for a fault of its inputs
        }
        refuseAll(new ThroughlineException("closed before it was applied"));
    }

    /** What waits for another unit is in the store. */
    private void refuseAll(ThroughlineException reason) {
        arrivals.refuse(reason);
        parked.refuse(reason);
        waiting.values().forEach(each -> each.done().complete(Ack.RECORDED));
    }

    @Override
    public void confirmWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        try (Unit unit = store.begin()) {
            Instant from = waiting.values().stream()
                    .map(Waiting::at)
                    .reduce(clock.instant().minus(Turn.DEDUPE), (one, other) -> one.isBefore(other) ? one : other);
            unit.seen(waiting.keySet(), from).forEach(id -> answer(id, Ack.APPLIED));
        } finally {
            long now = System.nanoTime();
            waiting.forEach((id, each) -> {
                if (now - each.since() >= patience.toNanos()) {
                    answer(id, Ack.RECORDED); // it may have become a dead letter, which nobody would ever tell
                }
            });
        }
    }

    private void answer(String id, Ack ack) {
        var each = waiting.remove(id);
        if (each != null) {
            each.done().complete(ack);
        }
    }

    /** What ends the thread before its time fails whoever waits, and whoever comes later. */
    private void live() {
        try {
            step();
        } catch (RuntimeException | Error end) {
            ended = "stepping has ended with " + end.getClass().getName() + ": expected the host to be restarted";
            arrivals.close();
            refuseAll(closed());
            LOG.atError().setCause(end).log(ended); // last: what has ended it may end this, too
        }
    }

    /** Steps until it is closed. */
    private void step() {
        List<Submission> batch = arrivals.batch();
        while (!arrivals.isOver()) {
            parked.due().forEach(each -> alone(each, parked::add));
            arrivals.fill(behind ? Duration.ZERO : POLL);
            try {
                turn(batch, BATCH, INBOX, TOLD, DUE);
                batch.clear();
                faults.passed();
            } catch (StoreException fault) {
                faults.met(fault);
                replace(batch, fault.isTransient() ? failed(batch, fault) : singly(batch));
                Threads.pause(POLL);
            } catch (RuntimeException unexpected) {
                LOG.atError().setCause(unexpected).log("a turn failed; its inputs are stepped one by one");
                replace(batch, singly(batch));
                Threads.pause(POLL);
            }
        }
        parked.all().forEach(each -> alone(each, parked::add));
    }

    private static void replace(List<Submission> batch, List<Submission> again) {
        batch.clear();
        batch.addAll(again);
    }

    private enum Done {
        NOTHING,
        STEPPED,
        /** More campaigns have been published than this host knows: the unit was given up. */
        BEHIND
    }

    /** Whether there was anything to step. */
    private boolean turn(List<Submission> batch, int most, Kept... others) {
        Done done = tried(batch, most, others);
        while (done == Done.BEHIND) {
            rulebook.learn();
            done = tried(batch, most, others);
        }
        return done == Done.STEPPED;
    }

    private Done tried(List<Submission> batch, int most, Kept... others) {
        Instant now = clock.instant();
        try (Unit unit = store.begin()) {
            var inputs = claimed(batch, unit);
            behind = false;
            for (Kept kept : others) {
                List<Envelope> taken = kept.taken(unit, now, most);
                inputs.addAll(kept == INBOX ? inOrder(taken, inputs.size()) : taken);
                behind |= taken.size() == most;
            }
            if (inputs.isEmpty()) {
                return Done.NOTHING;
            }
            Machine machine = rulebook.machine(unit.settings());
            if (machine == null) {
                return Done.BEHIND;
            }
            var figures = watch.isOn() ? new Figures() : null;
            var turn = new Turn(machine, lanes, Disorder.NONE, unit, now).counting(figures);
            turn.run(inputs);
            var changes = turn.changes();
            long start = figures == null ? 0 : System.nanoTime();
            unit.commit(changes);
            acknowledge(batch, turn.left(), changes.deadLetters());
            if (figures != null) {
                long end = System.nanoTime();
                figures.written(changes).count("throughline.turns", 1).time("throughline.commit", end - start);
                acknowledged(batch, end, figures);
                turn.optOuts().tell(figures, batch, end, clock.instant());
                watch.tell(figures);
            }
            if (!changes.enqueued().isEmpty()) {
                enqueued.run();
            }
            turn.asked().forEach(asking);
            return Done.STEPPED;
        } catch (LinkageError | AssertionError | StackOverflowError broken) {
            throw new IllegalStateException("a turn broke off", broken);
        }
    }

    /** What was recorded first is applied first, also within one unit. */
    private static List<Envelope> inOrder(List<Envelope> taken, int first) {
        var numbered = new ArrayList<Envelope>(taken.size());
        taken.forEach(each -> numbered.add(new Envelope(each.to(), each.input(), "", first + numbered.size())));
        return numbered;
    }

    private static void acknowledged(List<Submission> batch, long now, Figures figures) {
        for (Submission submission : batch) {
            if (submission.done().isDone() && submission.envelope().input() instanceof Input.Happened) {
                figures.time("throughline.acknowledgement", now - submission.since());
            }
        }
    }

    private static List<Envelope> claimed(List<Submission> batch, Unit unit) {
        var inputs = new ArrayList<Envelope>(batch.size());
        var keys = new ArrayList<Key>(batch.size());
        for (Submission submission : batch) {
            Envelope envelope = submission.envelope();
            inputs.add(new Envelope(envelope.to(), envelope.input(), "", inputs.size()));
            keys.add(envelope.to());
        }
        if (!keys.isEmpty()) {
            unit.claim(keys, true);
        }
        return inputs;
    }

    /** What is tried again after a fault. */
    private List<Submission> failed(List<Submission> batch, StoreException fault) {
        faults.met(fault);
        return batch.stream().filter(each -> arrivals.keeps(each, fault)).toList();
    }

    /**
     * Steps one by one what cannot be stepped together. An input that fails alone is told to whoever handed it in; one that nobody
     * would hand in again becomes a dead letter, unless the store cannot keep even that: then nothing is at fault but the store, and
     * what must not be lost is tried again later.
     *
     * @return what is tried again
     */
    private List<Submission> singly(List<Submission> batch) {
        var again = new ArrayList<Submission>();
        for (Submission submission : batch) {
            alone(submission, again::add);
        }
        for (Kept kept : List.of(INBOX, TOLD, DUE)) {
            int left = BATCH;
            while (arrivals.isOpen() && left > 0 && stepped(kept)) {
                left--;
            }
        }
        return again;
    }

    private void alone(Submission submission, Consumer<Submission> again) {
        try {
            turn(List.of(submission), 0);
        } catch (RuntimeException poison) {
            if (poison instanceof StoreException fault && fault.isTransient()) {
                failed(List.of(submission), fault).forEach(again);
            } else if (isSetAside(submission, poison) || !Parked.keeps(submission)) {
                submission.done().completeExceptionally(poison);
            } else {
                parked.add(submission);
            }
        }
    }

    private boolean isSetAside(Submission submission, RuntimeException poison) {
        var input = List.of(submission.envelope());
        return !(submission.envelope().input() instanceof Input.Happened) && setAside(poison, input, unit -> input);
    }

    /** Whether there was one. */
    private boolean stepped(Kept kept) {
        var tried = new ArrayList<Envelope>();
        Kept noted = (unit, now, most) -> {
            tried.clear();
            tried.addAll(kept.taken(unit, now, most));
            return List.copyOf(tried);
        };
        try {
            return turn(List.of(), 1, noted);
        } catch (RuntimeException poison) {
            if (poison instanceof StoreException fault && fault.isTransient()) {
                failed(List.of(), fault);
                return false;
            }
            return !tried.isEmpty() && setAside(poison, tried, unit -> kept.taken(unit, clock.instant(), 1));
        }
    }

    private interface Taking {
        List<Envelope> taken(Unit unit);
    }

    /** Whether the poison could be made a dead letter, or another host has taken it meanwhile. */
    private boolean setAside(RuntimeException poison, List<Envelope> tried, Taking taking) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            var taken = taking.taken(unit);
            if (!ids(taken).equals(ids(tried))) {
                return true;
            }
            for (Envelope envelope : taken) {
                changes.deadLetters().add(new DeadLetter(envelope, Stepped.error(poison), clock.instant()));
                if (envelope.input() instanceof Input.Received received
                        && received.payload() instanceof Attempted attempted) {
                    changes.finished().add(new Changes.Attempt(attempted.message(), attempted.attempt()));
                }
            }
            unit.commit(changes);
            watch.tell(new Figures().written(changes));
            return true;
        } catch (StoreException fault) {
            failed(List.of(), fault);
            return false;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError unexpected) {
            LOG.atError().setCause(unexpected).log("an input that cannot be stepped could not be set aside");
            return false;
        }
    }

    private static List<String> ids(List<Envelope> envelopes) {
        return envelopes.stream()
                .map(envelope -> envelope.to() + " " + envelope.input().id())
                .toList();
    }

    /** What a customer of another host's moment has still to step is acknowledged when she has; a dead letter is durable. */
    private void acknowledge(List<Submission> batch, List<Envelope> left, List<DeadLetter> letters) {
        for (Submission submission : batch) {
            String id = submission.envelope().input().id();
            boolean open = !left.isEmpty()
                    && submission.envelope().input() instanceof Input.Happened
                    && left.stream().anyMatch(envelope -> envelope.input().id().startsWith(id + "."));
            if (!letters.isEmpty() && letters.stream().anyMatch(letter -> Turn.isOf(letter.envelope(), id))) {
                submission.done().complete(Ack.RECORDED);
            } else if (open) {
                waiting.merge(id, Waiting.of(submission), Waiting::and);
            } else {
                submission.done().complete(Ack.APPLIED);
            }
        }
    }
}

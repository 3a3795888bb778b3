// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Callback;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Receipt;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the ring in real time, with two threads: one steps what has come in, as many inputs as there are in one commit; one takes
 * rows from the outbox and hands them to the adapters. Several hosts may turn one store. Thread-safe.
 */
public final class LiveEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEngine.class);
    private static final int BATCH = 1_000;
    private static final int MOST_WAITING = 100_000;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration UPKEEP = Duration.ofSeconds(1);
    private static final Duration EARLY_RECEIPT = Duration.ofSeconds(10);

    private final Machine machine;
    private final Store store;
    private final Outlet outlet;
    private final InstantSource clock;
    private final Lanes lanes;
    private final Dispatcher dispatcher;
    private final Map<String, ChannelAdapter> adapters = new TreeMap<>();
    private final Map<String, AtomicInteger> free = new TreeMap<>();
    private final BlockingQueue<Submission> queue = new LinkedBlockingQueue<>();
    private final ConcurrentMap<String, CompletableFuture<Ack>> waiting = new ConcurrentHashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final Thread stepping = new Thread(this::step, "throughline-steps");
    private final Thread dispatching = new Thread(this::send, "throughline-dispatch");
    private volatile boolean running = true;
    private volatile boolean sending = true;

    private String lastFault = "";

    /**
     * An input on its way.
     *
     * @param since when it was handed in, by the monotonic clock
     * @param lasting whether it is kept for as long as the store cannot be reached, because nobody would hand it in again
     */
    private record Submission(Envelope envelope, CompletableFuture<Ack> done, long since, boolean lasting) {

        static Submission of(Envelope envelope, boolean lasting) {
            return new Submission(envelope, new CompletableFuture<>(), System.nanoTime(), lasting);
        }
    }

    /**
     * An engine that begins to turn at once.
     *
     * @param machine what it turns
     * @param store where it keeps it; opened with the machine's codecs
     * @param outlet how it sends
     * @param pace its clock, and with how many threads it works
     */
    public LiveEngine(Machine machine, Store store, Outlet outlet, Pace pace) {
        this.machine = machine;
        this.store = store;
        this.outlet = outlet;
        this.clock = pace.clock();
        this.lanes = new Lanes(pace.lanes());
        for (ChannelAdapter adapter : outlet.adapters()) {
            adapters.put(adapter.channel().name(), adapter);
            free.put(adapter.channel().name(), new AtomicInteger(adapter.slots()));
        }
        this.dispatcher = new Dispatcher(store, adapters, outlet, clock, System::nanoTime);
    }

    /**
     * How a live engine works.
     *
     * @param clock business time
     * @param lanes how many threads step keys side by side
     */
    public record Pace(InstantSource clock, int lanes) {}

    /** Starts its threads; called once. */
    public void start() {
        outlet.adapters().forEach(adapter -> adapter.listen(this::receive));
        stepping.start();
        dispatching.start();
    }

    /**
     * Hands in an input.
     *
     * @param envelope the input and its receiver
     * @return done when it is applied; fails if the store could not take it, where a fault that may pass is waited out for one lease
     */
    public CompletionStage<Ack> submit(Envelope envelope) {
        return submit(Submission.of(envelope, false));
    }

    private CompletionStage<Ack> submit(Submission submission) {
        if (!running) {
            submission.done.completeExceptionally(closed());
        } else if (!submission.lasting && queue.size() >= MOST_WAITING) {
            submission.done.completeExceptionally(new ThroughlineException(
                    "100,000 inputs wait to be stepped: expected the caller to wait for acknowledgements"));
        } else if (queue.add(submission) && !running && queue.remove(submission)) {
            submission.done.completeExceptionally(closed()); // it came after close() had looked for what is left
        }
        return submission.done;
    }

    private static ThroughlineException closed() {
        return new ThroughlineException("closed: nothing more is taken");
    }

    /**
     * Hands in what a provider said.
     *
     * @param callback receipts and messages
     * @return done when all of it is applied. A receipt may overtake the answer to its message: it is kept for ten seconds. Fails if
     *     the engine is closed or the store could not take it
     */
    public CompletionStage<Void> receive(Callback callback) {
        var all = new ArrayList<CompletableFuture<?>>();
        callback.inbound().forEach(inbound -> all.add(submit(Routes.of(inbound)).toCompletableFuture()));
        long until = System.nanoTime() + EARLY_RECEIPT.toNanos();
        callback.receipts().forEach(receipt -> all.add(received(receipt, until)));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Ack> received(Receipt receipt, long until) {
        if (!running) {
            return CompletableFuture.failedFuture(closed());
        }
        Optional<Envelope> route;
        try {
            route = Routes.of(store, receipt);
        } catch (StoreException fault) {
            return CompletableFuture.failedFuture(fault);
        }
        if (route.isPresent()) {
            return submit(route.get()).toCompletableFuture();
        }
        if (System.nanoTime() - until > 0) {
            LOG.atWarn().addKeyValue("receipt", receipt.status()).log("a receipt is of no message that is known");
            return CompletableFuture.completedFuture(Ack.APPLIED);
        }
        var later = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, later).thenCompose(nothing -> received(receipt, until));
    }

    /**
     * Stops taking, lets what is being sent come back, and ends its threads. May be called twice.
     *
     * @param deadline how long that may take; what has not come back by then counts as unknown when its lease runs out
     */
    public void close(Duration deadline) {
        sending = false;
        work.release();
        long end = System.nanoTime() + deadline.toNanos();
        while ((dispatching.isAlive() || inFlight() > 0) && System.nanoTime() - end < 0) {
            pause(Duration.ofMillis(10));
        }
        running = false;
        join(stepping);
        lanes.close();
        var closed = new ThroughlineException("closed before it was applied");
        queue.forEach(left -> left.done.completeExceptionally(closed));
        waiting.values().forEach(done -> done.completeExceptionally(closed));
    }

    /** Closes within five seconds. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    private int inFlight() {
        int busy = 0;
        for (ChannelAdapter adapter : outlet.adapters()) {
            var slots = free.get(adapter.channel().name());
            busy += slots == null ? 0 : adapter.slots() - slots.get();
        }
        return busy;
    }

    private void step() {
        List<Submission> again = List.of();
        while (running || !queue.isEmpty() || !again.isEmpty()) {
            var batch = again.isEmpty() ? batch() : again;
            again = List.of();
            try {
                turn(batch);
                lastFault = "";
            } catch (StoreException fault) {
                again = failed(batch, fault);
            } catch (RuntimeException unexpected) {
                LOG.atError().setCause(unexpected).log("a turn failed");
                batch.forEach(submission -> submission.done.completeExceptionally(unexpected));
                pause(POLL);
            }
        }
    }

    private List<Submission> batch() {
        var batch = new ArrayList<Submission>();
        try {
            Submission first = queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    /**
     * A fault that may pass is waited out: inputs are idempotent, so a commit whose answer was lost may be repeated. But nobody who
     * waits for an answer is kept longer than a lease.
     *
     * @return what is tried again
     */
    private List<Submission> failed(List<Submission> batch, StoreException fault) {
        String message = String.valueOf(fault.getMessage());
        if (!message.equals(lastFault)) {
            lastFault = message;
            LOG.atWarn()
                    .addKeyValue("transient", fault.isTransient())
                    .addKeyValue("inputs", batch.size())
                    .log(message);
        }
        long now = System.nanoTime();
        var again = new ArrayList<Submission>();
        for (Submission submission : batch) {
            boolean patient = submission.lasting
                    || now - submission.since < outlet.lease().toNanos();
            if (fault.isTransient() && running && patient) {
                again.add(submission);
            } else {
                submission.done.completeExceptionally(fault);
            }
        }
        pause(POLL);
        return again;
    }

    private void turn(List<Submission> batch) {
        Instant now = clock.instant();
        try (Unit unit = store.begin()) {
            var inputs = inputs(batch, unit, now);
            if (inputs.isEmpty()) {
                return;
            }
            var turn = new Turn(machine, lanes, Disorder.NONE, unit, now);
            turn.run(inputs);
            var changes = turn.changes();
            unit.commit(changes);
            acknowledge(batch, turn.left());
            if (!changes.enqueued().isEmpty()) {
                work.release();
            }
        }
    }

    private List<Envelope> inputs(List<Submission> batch, Unit unit, Instant now) {
        var inputs = new ArrayList<Envelope>(batch.size());
        var keys = new TreeSet<Key>();
        for (Submission submission : batch) {
            Envelope envelope = submission.envelope;
            inputs.add(new Envelope(envelope.to(), envelope.input(), "", inputs.size()));
            keys.add(envelope.to());
        }
        if (!keys.isEmpty()) {
            unit.claim(keys, true);
        }
        inputs.addAll(unit.takeInbox(BATCH));
        inputs.addAll(unit.takeTold(BATCH));
        for (Timer timer : unit.takeDue(now, BATCH)) {
            inputs.add(Timers.due(timer));
        }
        return inputs;
    }

    /** What a customer of another host's moment has still to step is acknowledged when she has. */
    private void acknowledge(List<Submission> batch, List<Envelope> left) {
        for (Submission submission : batch) {
            String id = submission.envelope.input().id();
            boolean open = submission.envelope.input() instanceof Input.Happened
                    && left.stream().anyMatch(envelope -> envelope.input().id().startsWith(id + "."));
            if (open) {
                waiting.merge(id, submission.done, LiveEngine::both);
            } else {
                submission.done.complete(Ack.APPLIED);
            }
        }
    }

    /** A touchpoint that is handed in twice at once is acknowledged twice. */
    private static CompletableFuture<Ack> both(CompletableFuture<Ack> first, CompletableFuture<Ack> second) {
        var unused = first.whenComplete((ack, error) -> {
            if (error == null) {
                second.complete(ack);
            } else {
                second.completeExceptionally(error);
            }
        });
        return first;
    }

    private void send() {
        long upkeep = System.nanoTime();
        while (sending) {
            try {
                if (System.nanoTime() >= upkeep) {
                    upkeep = System.nanoTime() + UPKEEP.toNanos();
                    dispatcher.recalls().forEach(this::submit);
                    dispatcher.lapsed().forEach(this::submit);
                }
                confirmWaiting();
                if (dispatched() == 0) {
                    work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
                    work.drainPermits();
                }
            } catch (StoreException fault) {
                LOG.atWarn().log(fault.getMessage());
                pause(POLL);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException unexpected) {
                LOG.atError().setCause(unexpected).log("a dispatch failed");
                pause(POLL);
            }
        }
    }

    private int dispatched() {
        var slots = new TreeMap<String, Integer>();
        free.forEach((channel, number) -> {
            if (number.get() > 0) {
                slots.put(channel, number.get());
            }
        });
        if (slots.isEmpty()) {
            return 0;
        }
        var taken = dispatcher.take(slots);
        taken.rows().forEach(row -> send(row, taken.since()));
        return taken.rows().size();
    }

    private void send(Outgoing row, long since) {
        var slots = free.get(row.channel().name());
        if (slots != null) {
            slots.decrementAndGet();
        }
        var unused = dispatcher.send(row, since).thenCompose(this::outcome).whenComplete((done, error) -> {
            if (slots != null) {
                slots.incrementAndGet();
            }
            work.release();
        });
    }

    private CompletionStage<Ack> outcome(Envelope outcome) {
        return submit(Submission.of(outcome, true));
    }

    private void confirmWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        try (Unit unit = store.begin()) {
            unit.seen(waiting.keySet(), clock.instant().minus(Turn.DEDUPE)).forEach(id -> {
                var done = waiting.remove(id);
                if (done != null) {
                    done.complete(Ack.APPLIED);
                }
            });
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}

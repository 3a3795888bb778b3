// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows from the outbox for the free slots of each adapter, and looks after those that must not leave, by a thread of its own: either
 * only if that is its host's role. Thread-safe.
 */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long SHORTEST_REST_MILLIS = 10;
    private static final Duration UPKEEP = Duration.ofSeconds(1);

    private final Dispatcher dispatcher;
    private final Entrance entrance;
    private final Seats seats;
    private final Set<Role> roles;
    private final List<ChannelAdapter> adapters;
    private final Map<String, AtomicInteger> free = new TreeMap<>();
    private final Semaphore work;
    private final Runnable levels;
    private final Thread thread = new Thread(this::send, "throughline-dispatch");
    private volatile boolean running = true;

    /** Until the next look if there is nothing to do; known to its thread only. */
    private Duration rest = POLL;

    /** What it has to do with others: {@code work} is released when there may be rows, {@code levels} is run every second. */
    record Ties(Entrance entrance, Seats seats, Semaphore work, Runnable levels) {}

    /** One that has not started. */
    Sender(Dispatcher dispatcher, List<ChannelAdapter> adapters, Set<Role> roles, Ties ties) {
        this.dispatcher = dispatcher;
        this.adapters = adapters;
        this.roles = roles;
        this.entrance = ties.entrance;
        this.seats = ties.seats;
        this.work = ties.work;
        this.levels = ties.levels;
        adapters.forEach(adapter -> free.put(adapter.channel().name(), new AtomicInteger(adapter.slots())));
    }

    void start() {
        if (roles.contains(Role.SEND)) {
            seats.start();
        }
        thread.start();
    }

    /** Why it has ended before it was closed; empty if it has not. */
    String ended() {
        return running && thread.getState() == Thread.State.TERMINATED
                ? "dispatch has ended: expected the host to be restarted"
                : "";
    }

    /** Takes no more, and lets what is being sent come back until the deadline. */
    void close(Duration deadline) {
        running = false;
        work.release();
        long end = System.nanoTime() + deadline.toNanos();
        while ((thread.isAlive() || inFlight() > 0) && System.nanoTime() - end < 0) {
            Threads.pause(Duration.ofMillis(10));
        }
        seats.stop();
    }

    private int inFlight() {
        int busy = 0;
        for (ChannelAdapter adapter : adapters) {
            var slots = free.get(adapter.channel().name());
            busy += slots == null ? 0 : adapter.slots() - slots.get();
        }
        return busy;
    }

    private void send() {
        var faults = new FaultLog(LOG);
        long upkeep = System.nanoTime();
        while (running && entrance.isRunning()) {
            try {
                if (System.nanoTime() >= upkeep) {
                    upkeep = System.nanoTime() + UPKEEP.toNanos();
                    upkeep();
                }
                entrance.confirmWaiting();
                int number = roles.contains(Role.SEND) ? dispatched() : 0;
                faults.passed();
                if (number == 0) {
                    work.tryAcquire(Math.max(SHORTEST_REST_MILLIS, rest.toMillis()), TimeUnit.MILLISECONDS);
                    work.drainPermits();
                }
            } catch (StoreException fault) {
                faults.met(fault);
                Threads.pause(POLL);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError unexpected) {
                LOG.atError().setCause(unexpected).log("a dispatch failed");
                Threads.pause(POLL);
            }
        }
    }

    private void upkeep() {
        if (roles.contains(Role.SEND)) {
            seats.renew();
        }
        if (roles.contains(Role.STEP)) {
            dispatcher.recalls().forEach(recall -> entrance.submit(Submission.of(recall, false)));
            levels.run();
            dispatcher.lapsed().forEach(lapsed -> entrance.submit(Submission.of(lapsed, false)));
        }
    }

    private int dispatched() {
        var slots = new TreeMap<String, Integer>();
        free.forEach((channel, number) -> {
            if (number.get() > 0 && seats.isOurs(channel)) {
                slots.put(channel, number.get());
            }
        });
        rest = POLL;
        if (slots.isEmpty()) {
            return 0;
        }
        var taken = dispatcher.take(slots);
        rest = taken.rest();
        taken.rows().forEach(row -> send(row, taken));
        return taken.rows().size();
    }

    private void send(Outgoing row, Dispatcher.Taken taken) {
        var slots = free.get(row.channel().name());
        if (slots != null) {
            slots.decrementAndGet();
        }
        var unused = dispatcher
                .send(row, taken)
                .thenCompose(outcome -> entrance.submit(Submission.of(outcome, true)))
                .whenComplete((done, error) -> {
                    if (slots != null) {
                        slots.incrementAndGet();
                    }
                    work.release();
                });
    }
}

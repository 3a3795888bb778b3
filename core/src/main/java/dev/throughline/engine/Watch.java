// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import dev.throughline.store.Queue;
import dev.throughline.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings figures to the host's observer, by a thread of its own, and never holds up whoever tells them. Thread-safe. */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final int MOST_WAITING = 10_000;
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final @Nullable Observer observer;
    private final BlockingQueue<Figures> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread = new Thread(this::tell, "throughline-observer");
    private volatile boolean running = true;

    /** Queues that had rows when they were told last, by channel and lane; known to whoever tells levels. */
    private final Map<List<String>, Queue> shown = new LinkedHashMap<>();

    /** One that has not started; without an observer it never does anything. */
    Watch(@Nullable Observer observer) {
        this.observer = observer;
    }

    void start() {
        if (isOn()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whether figures are of use to anybody; without that, none should be gathered. */
    boolean isOn() {
        return observer != null;
    }

    void tell(Figures figures) {
        if (isOn() && !waiting.offer(figures)) {
            dropped.incrementAndGet();
        }
    }

    /** Tells what waits, within a second, and ends. */
    void close() {
        running = false;
        if (thread.isAlive()) {
            try {
                thread.join(DRAIN.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }

    /** How much waits in the store, and for how long the next timer has been due. */
    void levels(Store store, Instant now) {
        if (!isOn()) {
            return;
        }
        var levels = new Figures();
        new TreeMap<>(store.backlog())
                .forEach((where, number) -> levels.level("throughline.backlog", number, "where", where));
        long late = store.nextDue()
                .map(due -> Duration.between(due, now).toMillis())
                .orElse(0L);
        levels.level("throughline.timers.late", Math.max(0, late));
        queues(store.queues(), now, levels);
        tell(levels);
    }

    /** A queue that has run empty is told once more, lest its last level stand for ever. */
    private void queues(List<Queue> queues, Instant now, Figures levels) {
        queues.forEach(queue -> shown.put(List.of(queue.channel(), queue.lane()), queue));
        shown.values().forEach(queue -> {
            boolean waits = queues.contains(queue);
            long age = waits ? Math.max(0, Duration.between(queue.since(), now).toMillis()) : 0;
            String[] tags = {"channel", queue.channel(), "lane", queue.lane()};
            levels.level("throughline.outbox", waits ? queue.depth() : 0, tags)
                    .level("throughline.outbox.age", age, tags);
        });
        shown.values().retainAll(queues);
    }

    /** The adapter, its calls timed. */
    ChannelAdapter timed(ChannelAdapter adapter) {
        return isOn() ? new Timed(adapter, this) : adapter;
    }

    private record Timed(ChannelAdapter adapter, Watch watch) implements ChannelAdapter {
        @Override
        public String id() {
            return adapter.id();
        }

        @Override
        public Channel channel() {
            return adapter.channel();
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            long start = System.nanoTime();
            return adapter.send(message, deadline)
                    .whenComplete((result, error) -> watch.tell(new Figures()
                            .time(
                                    "throughline.send",
                                    System.nanoTime() - start,
                                    "adapter",
                                    adapter.id(),
                                    "cause",
                                    cause(result),
                                    "result",
                                    result == null
                                            ? "Unknown"
                                            : result.getClass().getSimpleName())));
        }

        private static String cause(@Nullable SendResult result) {
            FailureCause cause = null;
            if (result instanceof SendResult.Rejected rejected) {
                cause = rejected.cause();
            } else if (result instanceof SendResult.NotSent notSent) {
                cause = notSent.cause();
            } else if (result instanceof SendResult.Unknown unknown) {
                cause = unknown.cause();
            }
            return cause == null ? "" : cause.name();
        }
    }

    private void tell() {
        try {
            while (running || !waiting.isEmpty()) {
                Figures figures = waiting.poll(100, TimeUnit.MILLISECONDS);
                tellSafely(figures == null ? new Figures() : figures);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellSafely(Figures figures) {
        if (observer == null) {
            return;
        }
        figures.count("throughline.observer.dropped", dropped.getAndSet(0))
                .count("throughline.observer.failed", failed.getAndSet(0));
        try {
            figures.tell(observer);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError broken) {
            if (failed.getAndIncrement() == 0) {
                LOG.atWarn().addKeyValue("error", broken.getClass().getName()).log("the observer failed");
            }
        }
    }
}

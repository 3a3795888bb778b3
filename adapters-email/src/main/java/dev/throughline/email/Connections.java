// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one adapter: each has a thread of its own, is opened when a message finds no other free, and is closed after
 * a while without one. Beside them one thread watches the deadlines.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final String name;
    private final Server server;
    private final Sharing sharing;
    private final Composer composer;
    private final ScheduledThreadPoolExecutor clock;
    private final Object lock = new Object();
    private final Queue<Attempt> waiting = new ArrayDeque<>();
    private final Set<Attempt> underWay = new HashSet<>();
    private int threads;
    private int free;
    private int started;
    private boolean closed;
    private volatile Health health = new Health(Health.State.UNTRIED, "");

    Connections(String name, Server server, Sharing sharing, Composer composer) {
        this.name = name;
        this.server = server;
        this.sharing = sharing;
        this.composer = composer;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name + "-deadlines"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(sharing.idle().toMillis(), TimeUnit.MILLISECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        var attempt = new Attempt(message);
        synchronized (lock) {
            if (closed) {
                attempt.finish(notSent("the adapter is closed"));
                return attempt.result();
            }
            attempt.alarm(clock.schedule(
                    () -> attempt.expire("no answer within " + deadline), deadline.toNanos(), TimeUnit.NANOSECONDS));
            waiting.add(attempt);
            if (waiting.size() > free && threads < sharing.connections()) {
                start();
            } else {
                lock.notify();
            }
        }
        return attempt.result();
    }

    Health health() {
        return health;
    }

    @Override
    public void close() {
        List<Attempt> unstarted = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            unstarted.addAll(waiting);
            waiting.clear();
            lock.notifyAll();
        }
        unstarted.forEach(attempt -> attempt.finish(notSent("the adapter was closed")));
        unfinished().forEach(attempt -> attempt.expire("the adapter was closed"));
        clock.shutdownNow();
    }

    /** What is still under way when the threads had their time to end. */
    private List<Attempt> unfinished() {
        long end = System.nanoTime() + DRAIN.toNanos();
        synchronized (lock) {
            long left = DRAIN.toNanos();
            while (threads > 0 && left > 0 && !Thread.currentThread().isInterrupted()) {
                await(left);
                left = end - System.nanoTime();
            }
            return List.copyOf(underWay);
        }
    }

    private void start() {
        threads++;
        free++;
        daemon(this::work, name + "-" + ++started).start();
    }

    private void work() {
        try (var line = new Line(server, sharing)) {
            for (Attempt attempt = take(); attempt != null; attempt = take()) {
                if (attempt.isOver()) { // it waited too long, and has been told so
                    release(attempt);
                } else {
                    work(attempt, line);
                }
            }
        } finally {
            synchronized (lock) {
                threads--;
                lock.notifyAll();
            }
        }
    }

    private void work(Attempt attempt, Line line) {
        SendResult result = carry(attempt, line);
        note(attempt, result);
        release(attempt); // first, so that who sends on from the result finds this line free
        if (!attempt.finish(result)) {
            line.drop();
        }
    }

    private SendResult carry(Attempt attempt, Line line) {
        try {
            return line.carry(composer.compose(attempt.message()), attempt);
        } catch (Refusal refusal) {
            return refusal.result();
        } catch (RuntimeException | StackOverflowError bug) {
            // Its message may hold an address or a subject.
            String kind = bug.getClass().getName();
            LOG.error("message {}: {}", attempt.message().id(), kind);
            return line.broken(kind);
        }
    }

    private @Nullable Attempt take() {
        long end = System.nanoTime() + sharing.idle().toNanos();
        synchronized (lock) {
            long left = sharing.idle().toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                await(left);
                left = end - System.nanoTime();
            }
            Attempt next = waiting.poll();
            free--;
            if (next != null) {
                underWay.add(next);
            }
            return next;
        }
    }

    private void release(Attempt attempt) {
        synchronized (lock) {
            underWay.remove(attempt);
            free++;
        }
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(lock, Math.max(nanos, 1_000_000));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Attempt attempt, SendResult result) {
        LOG.debug("message {}: {}", attempt.message().id(), result.getClass().getSimpleName());
        Health now = healthAfter(result);
        if (now.state() != health.state()) {
            LOG.info("{} at {}: {}", name, server, now);
        }
        health = now;
    }

    private Health healthAfter(SendResult result) {
        if (result instanceof SendResult.NotSent failure && failure.scope() == Scope.CHANNEL) {
            return new Health(Health.State.DOWN, failure.detail());
        }
        if (result instanceof SendResult.Unknown failure) {
            return new Health(Health.State.DOWN, failure.detail());
        }
        return result instanceof SendResult.Accepted ? new Health(Health.State.UP, "") : health;
    }

    private static SendResult notSent(String why) {
        return new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, why);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

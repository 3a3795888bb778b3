// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Envelope;
import dev.throughline.ring.Question;
import dev.throughline.ring.Question.Lack;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks code of the host beside the lanes, so much of it at once as it allows. Every question has an answer, within the time that it may
 * wait and its deadline together. A port whose calls hang keeps its own threads and nobody else's. Thread-safe.
 */
final class Errands implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
    private static final int MOST_WAITING = 10_000;

    private final Map<String, Counter> counters = new TreeMap<>();
    private final Executor executor;
    private final @Nullable ExecutorService own;
    private volatile boolean open = true;
    private volatile boolean lost;

    Errands(HostPorts ports) {
        ports.ports().forEach((name, port) -> counters.put(name, new Counter(name, port)));
        Executor given = ports.executor();
        this.own = given == null ? threads() : null;
        this.executor = given == null ? Objects.requireNonNull(own) : given;
    }

    /** None as long as nothing is asked; never more than all ports allow together. */
    private static ExecutorService threads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            var thread = new Thread(work, "throughline-host");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Completes with the answer, and never fails. What is asked after the end is not answered: its asker asks again. */
    CompletionStage<Envelope> ask(Asked asked) {
        Counter counter = counters.get(asked.port());
        if (counter == null) {
            return CompletableFuture.completedFuture(
                    asked.answered(asked.question().unanswered(Lack.ABSENT, "")));
        }
        return open ? counter.ask(new Errand(asked)) : new CompletableFuture<>();
    }

    /** Takes no more, and lets what is under way come back until the deadline. */
    void close(Duration deadline) {
        open = false;
        long end = System.nanoTime() + deadline.toNanos();
        while (counters.values().stream().anyMatch(Counter::isBusy) && System.nanoTime() - end < 0) {
            Threads.pause(Duration.ofMillis(10));
        }
        lost = true;
        if (own != null) {
            own.shutdownNow();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /** One question. */
    private final class Errand {
        private final Asked asked;
        private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
        private final CompletableFuture<Envelope> done = new CompletableFuture<>();
        private @Nullable Thread thread;

        Errand(Asked asked) {
            this.asked = asked;
        }

        void waits() {
            var unused = begun.completeOnTimeout(false, Question.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(inTime -> {
                        if (!inTime) {
                            fail(Lack.BUSY, "");
                        }
                    });
        }

        void fail(Lack lack, String detail) {
            done.complete(asked.answered(asked.question().unanswered(lack, detail)));
        }

        /** On a thread that may be interrupted for as long as the host's code has it. */
        void run(HostPorts.Answering answering) {
            if (!begun.complete(true)) {
                return;
            }
            hold(Thread.currentThread());
            long millis = Math.max(1, asked.question().deadline().toMillis());
            var unused = done.completeOnTimeout(
                            asked.answered(asked.question().unanswered(Lack.TIMEOUT, "")),
                            millis,
                            TimeUnit.MILLISECONDS)
                    .thenRun(this::interrupt);
            try {
                var answer = answering.answer(asked.question());
                release();
                done.complete(asked.answered(answer));
            } catch (
                    Throwable thrown) { // whatever it is, of whatever library of the host's: the journey has to hear of
                // it
                release();
                if (lost) {
                    return; // ended by the end of the host: no answer, as if the process had gone
                }
                LOG.atWarn()
                        .addKeyValue("port", asked.port())
                        .addKeyValue("error", thrown.getClass().getName())
                        .log("code of the host has thrown");
                fail(Lack.THREW, thrown.getClass().getName());
            }
        }

        private synchronized void hold(Thread mine) {
            thread = mine;
        }

        private synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        /** What comes later must not find an interruption that was meant for this. */
        private synchronized void release() {
            thread = null;
            Thread.interrupted();
        }
    }

    /** One port, with those who wait for it. */
    private final class Counter {
        private final String name;
        private final HostPorts.Port port;
        private final Deque<Errand> waiting = new ArrayDeque<>();
        private int busy;

        Counter(String name, HostPorts.Port port) {
            this.name = name;
            this.port = port;
        }

        synchronized boolean isBusy() {
            return busy > 0;
        }

        CompletionStage<Envelope> ask(Errand errand) {
            if (hasRoom(errand)) {
                try {
                    executor.execute(() -> work(errand));
                } catch (RejectedExecutionException refused) {
                    left();
                    errand.fail(Lack.BUSY, "the executor takes no more");
                }
            }
            return errand.done;
        }

        /** Whether it may be worked on at once; if not it waits, or is refused. */
        private synchronized boolean hasRoom(Errand errand) {
            if (busy < port.atOnce()) {
                busy++;
                return true;
            }
            if (waiting.size() == MOST_WAITING) {
                errand.fail(Lack.BUSY, MOST_WAITING + " wait for " + name);
            } else {
                waiting.add(errand);
                errand.waits();
            }
            return false;
        }

        private void work(Errand first) {
            for (Errand errand = first; errand != null; errand = next()) {
                errand.run(port.answering());
            }
        }

        private synchronized @Nullable Errand next() {
            Errand next = open ? waiting.poll() : null;
            if (next == null) {
                busy--;
            }
            return next;
        }

        private synchronized void left() {
            busy--;
        }
    }
}

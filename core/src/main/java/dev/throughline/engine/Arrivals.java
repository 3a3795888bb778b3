// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What has been handed in, until the thread that does it has done it. Thread-safe; {@link #batch}, {@link #fill} and {@link #keeps} are for
 * that thread.
 */
final class Arrivals {

    private static final int BATCH = 1_000;
    private static final int MOST_WAITING = 100_000;

    private final String done;
    private final Duration patience;
    private final BlockingQueue<Submission> queue = new LinkedBlockingQueue<>();
    private final List<Submission> batch = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean open = true;

    /** What is {@code done} with them, in one word; whoever waits for an answer is kept for {@code patience} while the store is away. */
    Arrivals(String done, Duration patience) {
        this.done = done;
        this.patience = patience;
    }

    boolean isOpen() {
        return open;
    }

    /** Takes nothing more. */
    void close() {
        open = false;
    }

    /** Whether nothing is left and nothing more comes. */
    boolean isOver() {
        return !open && queue.isEmpty() && batch.isEmpty();
    }

    CompletionStage<Ack> add(Submission submission, Supplier<ThroughlineException> closed) {
        if (!open) {
            submission.done().completeExceptionally(closed.get());
        } else if (!submission.lasting() && queue.size() >= MOST_WAITING) {
            submission
                    .done()
                    .completeExceptionally(new ThroughlineException("100,000 inputs wait to be " + done
                            + ": expected the caller to wait for acknowledgements"));
        } else if (queue.add(submission) && !open && queue.remove(submission)) {
            submission
                    .done()
                    .completeExceptionally(closed.get()); // it came after whoever closes had looked for what is left
        }
        return submission.done();
    }

    /** What the thread has in its hands: changed by it alone. */
    List<Submission> batch() {
        return batch;
    }

    /** Takes some into its hands, if they are empty, waiting for the first for so long. */
    void fill(Duration most) {
        if (!batch.isEmpty()) {
            return;
        }
        try {
            Submission first = queue.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A fault that may pass is waited out: inputs are idempotent, so a commit whose answer was lost may be repeated. But nobody who
     * waits for an answer is kept longer than a lease.
     *
     * @return whether it is tried again; whoever waits is told otherwise
     */
    boolean keeps(Submission submission, StoreException fault) {
        boolean patient = submission.lasting() || System.nanoTime() - submission.since() < patience.toNanos();
        if (fault.isTransient() && open && patient) {
            return true;
        }
        submission.done().completeExceptionally(fault);
        return false;
    }

    /** Fails what is left. */
    void refuse(ThroughlineException reason) {
        var left = new ArrayList<Submission>();
        queue.drainTo(left);
        synchronized (batch) {
            left.addAll(batch);
        }
        left.forEach(each -> each.done().completeExceptionally(reason));
    }
}

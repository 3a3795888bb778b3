// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries on in the background, page by page, with what may be done at leisure: {@link Sweep sweeps} and {@link Pruning}. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long POLL_SECONDS = 1;

    private final List<BooleanSupplier> chores;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::live, "throughline-sweeps");

    /** Each goes a page further, and tells whether there was one. */
    Sweeper(BooleanSupplier... chores) {
        this.chores = List.of(chores);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        closed.countDown();
    }

    void close(Duration most) {
        stop();
        Threads.join(thread, most);
    }

    private void live() {
        var faults = new FaultLog(LOG);
        try {
            while (!closed.await(POLL_SECONDS, TimeUnit.SECONDS)) {
                chores.forEach(chore -> carryOn(chore, faults));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOn(BooleanSupplier chore, FaultLog faults) {
        try {
            while (closed.getCount() > 0 && chore.getAsBoolean()) {
                faults.passed();
            }
        } catch (StoreException fault) {
            faults.met(fault);
        } catch (RuntimeException unexpected) {
            LOG.atError().setCause(unexpected).log("a sweep failed, and is tried again");
        }
    }
}

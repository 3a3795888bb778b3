// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries on with {@link Sweep sweeps} in the background, whichever host has begun them. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long POLL_SECONDS = 1;

    private final Sweep sweep;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::live, "throughline-sweeps");

    Sweeper(Store store) {
        this.sweep = new Sweep(store, Sweep.PAGE);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void close() {
        closed.countDown();
        Threads.join(thread);
    }

    private void live() {
        var faults = new FaultLog(LOG);
        try {
            while (!closed.await(POLL_SECONDS, TimeUnit.SECONDS)) {
                carryOn(faults);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOn(FaultLog faults) {
        try {
            while (closed.getCount() > 0 && sweep.page()) {
                faults.passed();
            }
        } catch (StoreException fault) {
            faults.met(fault);
        } catch (RuntimeException unexpected) {
            LOG.atError().setCause(unexpected).log("a sweep failed, and is tried again");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.store.Store;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks each second whether another host has let a copy go on, for one that is held because of it. Used once. */
final class HeldCopy {

    private static final Logger LOG = LoggerFactory.getLogger(HeldCopy.class);

    private final Store store;
    private final Runnable goesOn;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::live, "throughline-held");

    /** Of a store that is open. What goes on is asked again if it throws. */
    HeldCopy(Store store, Runnable goesOn) {
        this.store = store;
        this.goesOn = goesOn;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** What was begun is finished before this returns, unless it hangs. */
    void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        do {
            try {
                if (!store.settings().containsKey(Store.COPIED)) {
                    goesOn.run();
                    return;
                }
            } catch (RuntimeException fault) {
                LOG.atWarn()
                        .addKeyValue("error", fault.getClass().getName())
                        .log("a host that is held could not look whether it may go on; it is tried again");
            }
        } while (!isClosed());
    }

    private boolean isClosed() {
        try {
            return closed.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

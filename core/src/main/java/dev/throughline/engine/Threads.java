// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits of the engine's own threads; an interrupt ends the wait and stays set. */
final class Threads {

    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

    private Threads() {}

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it has ended within that time. If not it is interrupted and left behind: a database that is away must not hold up the host. */
    static boolean join(Thread thread, Duration most) {
        try {
            thread.join(Math.max(1, most.toMillis()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            return true;
        }
        thread.interrupt();
        LOG.atWarn().addKeyValue("thread", thread.getName()).log("a thread hangs and is left behind on closing");
        return false;
    }

    /** What is left until an instant of the monotonic clock. */
    static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}

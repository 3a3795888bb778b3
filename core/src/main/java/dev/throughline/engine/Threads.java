// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.time.Duration;

/** Waits of the engine's own threads; an interrupt ends the wait and stays set. */
final class Threads {

    private Threads() {}

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}

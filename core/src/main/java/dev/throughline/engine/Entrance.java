// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where inputs go in: they are stepped here, or kept for a host that steps. Thread-safe. */
interface Entrance {

    void start();

    /** Completes once it is applied or durably kept; fails if neither can be. */
    CompletionStage<Ack> submit(Submission submission);

    boolean isRunning();

    /** Why it has ended before it was closed; empty if it has not. */
    String ended();

    /** Acknowledges what other hosts have stepped for this one. */
    void confirmWaiting();

    ThroughlineException closed();

    /**
     * Takes no more, does what has been handed in, and ends; what is not done by then fails.
     *
     * @param most how long that may take
     */
    void close(Duration most);
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Envelope;
import java.util.concurrent.CompletableFuture;

/**
 * An input on its way.
 *
 * @param envelope the input and its receiver
 * @param done completes when it is applied
 * @param since when it was handed in, by the monotonic clock
 * @param lasting whether it is kept for as long as the store cannot be reached, because nobody would hand it in again
 */
record Submission(Envelope envelope, CompletableFuture<Ack> done, long since, boolean lasting) {

    static Submission of(Envelope envelope, boolean lasting) {
        return new Submission(envelope, new CompletableFuture<>(), System.nanoTime(), lasting);
    }
}

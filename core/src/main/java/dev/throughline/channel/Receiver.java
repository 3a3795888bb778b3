// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.util.concurrent.CompletionStage;

/** Where an adapter that keeps a session of its own (SMPP, IMAP) hands in what arrives. Thread-safe. */
@FunctionalInterface
public interface Receiver {

    /**
     * Takes what a provider said.
     *
     * @param callback receipts and messages; its answer is not used
     * @return done when all of it has committed; only then may the adapter acknowledge it. Fails if it could not be stored, and
     *     the provider should say it again
     */
    CompletionStage<Void> receive(Callback callback);
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What the adapter of a provider can do that tells later what became of a message: the way out of an unknown outcome. Thread-safe.
 */
@FunctionalInterface
public interface LookUp {

    /**
     * Asks the provider about a message whose outcome is unknown; sends nothing.
     *
     * @param sought the message
     * @param deadline how long it may take; when it is over the answer is {@link SendResult.Unknown}
     * @return {@link SendResult.Accepted} or {@link SendResult.Duplicate} if the provider has taken the message, {@link
     *     SendResult.Rejected} if it has refused it, {@link SendResult.NotSent} only if the provider surely has not got it and never
     *     will by the attempts that were made, {@link SendResult.Unknown} if it cannot tell or not yet: then it is asked again later
     */
    CompletionStage<SendResult> find(Sought sought, Duration deadline);
}

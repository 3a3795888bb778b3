// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import java.util.Optional;

/** What keys tell each other and what is recorded. Each room defines its own and registers their codecs with {@link Payloads}. */
public interface Payload {

    /**
     * Its rank among what one round brings to one key, before the order of senders. A pool answers in the order of message ids, so
     * that no sender is served first for its name.
     *
     * @return by default empty
     */
    default String rank() {
        return "";
    }

    /**
     * What is left of it, as a line of a log, once its subject is erased: nothing that says whose it was or what she did.
     *
     * @param subject whose line it was
     * @return by default nothing
     */
    default Optional<Payload> bare(String subject) {
        return Optional.empty();
    }
}

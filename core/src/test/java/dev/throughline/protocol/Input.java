// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.Map;
import java.util.Set;

/** Everything that can reach a key: the messages of the protocol, and what comes from outside. */
sealed interface Input {

    // From the host, the provider and the engine.

    /** A touchpoint that makes the customer's journey plan a message. */
    record Started(Spec spec) implements Input {}

    /** A touchpoint (an order) that ends the journey which planned the message. */
    record Left(String message) implements Input {}

    /** The customer turns out to be the same person as an older one. */
    record Merged(Key survivor) implements Input {}

    /** A STOP, or a new opt-in, by its own time. */
    record Stopped(boolean stop, long at) implements Input {}

    record Reported(String message, boolean delivered) implements Input {}

    record Due(String timer) implements Input {}

    record Answered(String message, int round, boolean clear) implements Input {}

    record Result(String message, int round, Answer answer, long at) implements Input {}

    // Customer to contact point.

    record Plan(Spec spec, int round, Key customer, long renderedAt) implements Input {}

    record Cancel(String message, long validUntil, Key customer) implements Input {}

    // Contact point to customer.

    record Deferred(String message, int round, long until) implements Input {}

    record Confirm(String message, int round, Key contactPoint) implements Input {}

    record Settled(String message, Verdict verdict) implements Input {}

    record Delivery(String message, boolean delivered) implements Input {}

    // Contact point to pool and back.

    record Hold(String message, int round, int amount, Key contactPoint, long expiry) implements Input {}

    record Held(String message, int round, Key pool, long token) implements Input {}

    record Refused(String message, int round, Key pool, long retryAt) implements Input {}

    record Spend(long token) implements Input {}

    record Release(long token) implements Input {}

    record GiveBack(long token, int amount) implements Input {}

    // Customer to customer.

    record Absorb(Key absorbed, Set<Key> earlier, Set<String> started, Map<String, Customer.Wait> waits)
            implements Input {}

    record Forwarded(Set<Key> trail, Input input) implements Input {}
}

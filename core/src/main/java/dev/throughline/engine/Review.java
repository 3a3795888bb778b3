// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A reply that may be a refusal and that somebody has to read: no advertising goes to its address over its channel until then.
 *
 * @param id of the line of the ledger that has paused sending
 * @param address who has written
 * @param channel over which channel
 * @param text what she has written; empty where the ledger's line is not there any more
 * @param received when
 * @param due the first instant that is too late under the strictest rule of all brands; empty if no rule gives any time
 * @param customers who holds the address
 */
public record Review(
        String id,
        Address address,
        Channel channel,
        String text,
        Instant received,
        Optional<Instant> due,
        List<CustomerId> customers) {

    /** Copies the list. */
    public Review {
        customers = List.copyOf(customers);
    }
}

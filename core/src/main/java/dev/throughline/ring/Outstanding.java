// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.MessageId;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a store has to hold besides a state for it to go on: the aggregate is the truth about its waits, and the index of timers can be made
 * anew of it.
 *
 * @param waits what it waits for
 * @param messages which messages lie in the outbox for it, or are being sent
 * @param customers whose it is, where its key does not say so
 */
public record Outstanding(List<Wait> waits, Set<MessageId> messages, List<CustomerId> customers) {

    /** Nothing. */
    public static final Outstanding NOTHING = new Outstanding(List.of(), Set.of(), List.of());

    /** Copies the collections. */
    public Outstanding {
        waits = List.copyOf(waits);
        messages = Set.copyOf(messages);
        customers = List.copyOf(customers);
    }

    /**
     * Waits without messages.
     *
     * @param timers what sets every timer anew
     * @return them
     */
    public static Outstanding of(Effects timers) {
        var waits = new ArrayList<Wait>();
        timers.list().forEach(effect -> {
            if (effect instanceof Effect.SetTimer set) {
                waits.add(new Wait(set.timer(), set.due(), set.timer()));
            }
        });
        return new Outstanding(waits, Set.of(), List.of());
    }

    /**
     * A wait.
     *
     * @param timer the timer that ends it, by its name under the key
     * @param due when it is to be looked into; not later than it ends
     * @param or a timer by which it may be ended instead, because the first one was due already; the same one if there is none
     */
    public record Wait(String timer, Instant due, String or) {}
}

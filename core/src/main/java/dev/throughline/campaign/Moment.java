// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.segment.Condition;
import java.time.Instant;

/**
 * Everything around one step of one journey.
 *
 * @param context the customer and the instant
 * @param facts what conditions are asked about
 * @param journeys her journeys so far
 * @param out where effects go
 */
record Moment(Context context, Condition.Facts facts, Journeys.Draft journeys, Effects out) {

    Instant now() {
        return context.now();
    }

    Customer customer() {
        return context.customer();
    }

    void note(Instance instance, JourneyNote.Change change, String because) {
        out.append(Entry.of(
                Entry.Log.TIMELINE,
                customer().key().id(),
                now(),
                new JourneyNote(instance.campaign(), instance.id(), change, because)));
    }
}

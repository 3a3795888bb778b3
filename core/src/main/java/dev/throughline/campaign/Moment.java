// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.segment.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Everything around one step of one journey.
 *
 * @param context the customer and the instant
 * @param facts what conditions are asked about
 * @param journeys her journeys so far
 * @param out where effects go
 * @param statuses which campaigns do not run as they used to
 */
record Moment(Context context, Condition.Facts facts, Journeys.Draft journeys, Effects out, Statuses statuses) {

    Instant now() {
        return context.now();
    }

    Customer customer() {
        return context.customer();
    }

    /** The same with a customer of whom more is known from now on. */
    Moment with(Customer changed) {
        return new Moment(new Context(changed, context.parts(), now()), facts.of(changed), journeys, out, statuses);
    }

    /** What an instance's campaign does. */
    CampaignStatus.Mode mode(Instance instance) {
        return statuses.mode(instance.campaign());
    }

    /** What conditions are asked about at a step of an instance: also what functions have answered. */
    Condition.Facts facts(Instance instance) {
        return instance.answers().isEmpty() ? facts : facts.with(instance.answers());
    }

    void note(Instance instance, JourneyNote.Change change, String because) {
        note(instance, change, because, "");
    }

    void note(Instance instance, JourneyNote.Change change, String because, String detail) {
        var note = new JourneyNote(instance.campaign(), instance.id(), change, because, detail);
        String subject = customer().key().id();
        // where a journey meets an experiment twice, or a goal in two versions
        boolean again = change == JourneyNote.Change.ASSIGNED || instance.moves() > 0;
        out.append(
                again
                        ? new Entry(Entry.Log.TIMELINE, subject, note.id(now()), now(), note)
                        : Entry.of(Entry.Log.TIMELINE, subject, now(), note));
    }

    /** Her point in [0, 1) in a draw: what she was dealt when she was first exposed to it. */
    double drawn(String draw) {
        Double known = journeys.lasting().drawn(draw);
        if (known != null) {
            return known;
        }
        String seed = smallest()
                .map(Identity::toString)
                .orElseGet(() -> customer().id().toString());
        double point = Ids.point("draw", draw, seed);
        journeys.keep(journeys.lasting().drawn(draw, point));
        return point;
    }

    /** The smallest of her names. */
    Optional<Identity> smallest() {
        return customer().identities().stream().min(Comparator.naturalOrder());
    }
}

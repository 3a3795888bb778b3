// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Instance.Kind;
import dev.throughline.campaign.JourneyNote.Change;
import dev.throughline.decision.Cancel;

/**
 * Ends an instance at once, wherever it stands: what it has planned is cancelled at the contact point.
 *
 * @param cancel why its message is cancelled, as a code
 * @param because the event that ends it; empty if none does
 * @param detail why it ends, as a code; empty if an event ends it
 */
record Departure(String cancel, String because, String detail) {

    static final Departure STOPPED = new Departure("JOURNEY_STOPPED", "", "STOPPED");

    static Departure on(String event) {
        return new Departure("JOURNEY_EXITED", event, "");
    }

    void of(Instance instance, Moment moment) {
        var wait = instance.pending();
        moment.out().cancelTimer(instance.timer());
        if (wait.kind() == Kind.VERDICT && wait.message() != null && wait.contactPoint() != null) {
            moment.out().tell(wait.contactPoint(), new Cancel(wait.message(), cancel, because, wait.until()));
        }
        moment.note(instance, Change.EXITED, because, detail);
        moment.journeys().remove(instance);
    }
}

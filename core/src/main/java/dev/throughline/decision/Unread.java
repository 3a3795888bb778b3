// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Question;
import dev.throughline.consent.Suppression;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replies of an address that wait to be read by somebody. */
final class Unread {

    private Unread() {}

    /** The events that have paused sending towards any of these controllers. */
    static List<ConsentEvent> of(
            ConsentState consent,
            Address address,
            List<CustomerId> holders,
            Collection<String> controllers,
            Instant now) {
        CustomerId holder = holders.isEmpty() ? null : holders.get(0);
        return consent.events().stream()
                .filter(event ->
                        event.suppression() == Suppression.REVIEW && event.type() == ConsentEvent.Type.SUPPRESSED)
                .filter(event -> controllers.stream()
                        .map(controller -> question(event, address, holder, controller, now))
                        .anyMatch(question -> consent.standing(question).suppressions().stream()
                                .anyMatch(suppressed -> suppressed.event().equals(event.id()))))
                .toList();
    }

    private static Question question(
            ConsentEvent event, Address address, @Nullable CustomerId holder, String controller, Instant now) {
        var channel = new Channel(event.scope().channel(), address.kind());
        return new Question(holder, controller, channel, Purpose.ADVERTISING, now);
    }
}

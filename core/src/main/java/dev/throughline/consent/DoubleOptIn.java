// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a link in a request for confirmation is about: the consents at an address that wait for it.
 *
 * @param request the ledger's line of the request
 * @param pending the consents that wait, oldest first
 * @param confirmed whether one was confirmed by this request already
 */
public record DoubleOptIn(ConsentEvent request, List<ConsentEvent> pending, boolean confirmed) {

    /** Copies the list. */
    public DoubleOptIn {
        pending = List.copyOf(pending);
    }

    /**
     * What stands of a request.
     *
     * @param consents what was granted and refused at the address
     * @param message the request's message id
     * @param now when
     * @return the request; empty if this address was never sent it
     */
    public static Optional<DoubleOptIn> of(ConsentState consents, String message, Instant now) {
        return consents.events().stream()
                .filter(event -> event.type() == ConsentEvent.Type.REQUESTED)
                .filter(event -> event.evidence().proof().equals(message))
                .findFirst()
                .map(request -> new DoubleOptIn(
                        request,
                        consents.events().stream()
                                .filter(event -> waits(event, request, consents, now))
                                .toList(),
                        consents.events().stream()
                                .anyMatch(event -> event.type() == ConsentEvent.Type.CONFIRMED
                                        && event.evidence().proof().equals(message))));
    }

    /**
     * The channel of the request.
     *
     * @return its name
     */
    public String channel() {
        return request.scope().channel();
    }

    private static boolean waits(ConsentEvent event, ConsentEvent request, ConsentState consents, Instant now) {
        var scope = event.scope();
        var asked = request.scope();
        boolean covered = event.type().grants()
                && event.marks().contains(ConsentEvent.Mark.AWAITS_CONFIRMATION)
                && scope.controller().equals(asked.controller())
                && scope.purpose().equals(asked.purpose())
                && (scope.channel().isEmpty() || scope.channel().equals(asked.channel()));
        if (!covered) {
            return false;
        }
        var question = new Question(
                event.holder(),
                scope.controller(),
                scope.brand(),
                Channel.named(asked.channel()),
                new Purpose(scope.purpose()),
                scope.topic(),
                now);
        return consents.standing(question).grounds(Standing.State.PENDING).stream()
                .anyMatch(ground -> ground.event().equals(event.id()));
    }
}

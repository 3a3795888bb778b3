// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says to a {@link Question}: everything that speaks for and against, with the events that say so. Never a mere
 * yes or no, because laws weigh it differently.
 *
 * @param question what was asked
 * @param grounds all grants of the holder that cover the question, whatever has become of them, oldest first
 * @param denials the refusals that cover it and are not over, oldest first
 * @param suppressions why the address is not written to at all, oldest first
 * @param request what has become of a request for consent
 * @param agreed what was agreed beyond the legal default and still stands
 * @param acknowledgementDue whether a refusal stands that was not acknowledged yet
 * @param wishes how often and when the person wants to be written to: each of them counts
 */
public record Standing(
        Question question,
        List<Ground> grounds,
        List<Denial> denials,
        List<Suppressed> suppressions,
        Request request,
        List<Agreed> agreed,
        boolean acknowledgementDue,
        List<Wished> wishes) {

    /** Copies the lists. */
    public Standing {
        grounds = List.copyOf(grounds);
        denials = List.copyOf(denials);
        suppressions = List.copyOf(suppressions);
        agreed = List.copyOf(agreed);
        wishes = List.copyOf(wishes);
    }

    /** What has become of a grant. */
    public enum State {
        /** It counts. */
        IN_FORCE,
        /** It waits for its confirmation. */
        PENDING,
        /** It counts from a later instant on. */
        NOT_YET,
        /** Its time is over. */
        EXPIRED,
        /** It was ended by a notice that took its place, by an authority or by a change of the address. */
        ENDED,
        /** The person took it back, or refused at the same time or later. */
        WITHDRAWN
    }

    /**
     * One grant.
     *
     * @param event the ledger's line
     * @param state what has become of it
     * @param basis on what it rests
     * @param actor who gave it
     * @param scope how far it reaches
     * @param since when it was given
     * @param validUntil when it ends by itself; {@code null} if it does not
     * @param evidence what proves it, without the words themselves
     * @param unproven whether it was brought in from a list that does not say what was shown
     * @param confirmed whether it was confirmed by a second act
     */
    public record Ground(
            String event,
            State state,
            Basis basis,
            Actor actor,
            ConsentScope scope,
            Instant since,
            @Nullable Instant validUntil,
            Evidence evidence,
            boolean unproven,
            boolean confirmed) {}

    /**
     * One refusal.
     *
     * @param event the ledger's line
     * @param type REFUSED, WITHDRAWN, OBJECTED or NO_RESPONSE
     * @param scope how far it reaches
     * @param at when it was said
     */
    public record Denial(String event, ConsentEvent.Type type, ConsentScope scope, Instant at) {}

    /**
     * One entry of the suppression list.
     *
     * @param event the ledger's line
     * @param reason why
     * @param scope how far it reaches
     * @param at since when
     */
    public record Suppressed(String event, Suppression reason, ConsentScope scope, Instant at) {}

    /**
     * One wish.
     *
     * @param event the ledger's line
     * @param wish how often and when
     * @param scope how far it reaches
     * @param since when it was said
     */
    public record Wished(String event, Wish wish, ConsentScope scope, Instant since) {}

    /** What has become of a request for consent. */
    public enum RequestState {
        /** None was ever made. */
        NONE,
        /** It was made and nobody has answered. */
        REQUESTED,
        /** It was made and answered. */
        ANSWERED,
        /** It was made, and silence was recorded as a no. */
        BARRED
    }

    /**
     * Requests for consent over the question's channel.
     *
     * @param state what has become of the last one
     * @param count how many there were, at most 8
     * @param last when the last one was made; {@code null} if there was none
     */
    public record Request(
            RequestState state, int count, @Nullable Instant last) {

        /** None was ever made. */
        public static final Request NONE = new Request(RequestState.NONE, 0, null);
    }

    /**
     * Something agreed beyond the legal default.
     *
     * @param agreement what
     * @param event the ledger's line
     * @param since since when
     */
    public record Agreed(Agreement agreement, String event, Instant since) {}

    /**
     * Of an address that nothing has happened to.
     *
     * @param question what was asked
     * @return the standing
     */
    public static Standing none(Question question) {
        return new Standing(question, List.of(), List.of(), List.of(), Request.NONE, List.of(), false, List.of());
    }

    /**
     * The grants that count.
     *
     * @return oldest first
     */
    public List<Ground> inForce() {
        return grounds.stream()
                .filter(ground -> ground.state() == State.IN_FORCE)
                .toList();
    }

    /**
     * Whether consent is given: a grant counts, and no refusal stands against it. Suppressions, which are about an address and not about a
     * use, are not looked at; nor is what a policy wants besides.
     *
     * @return whether
     */
    public boolean isGranted() {
        return denials.isEmpty() && !inForce().isEmpty();
    }

    /**
     * The grants in one state.
     *
     * @param state which
     * @return oldest first
     */
    public List<Ground> grounds(State state) {
        return grounds.stream().filter(ground -> ground.state() == state).toList();
    }

    /**
     * Whether something was agreed beyond the default.
     *
     * @param agreement what
     * @return the agreement with its event, or empty
     */
    public Optional<Agreed> agreed(Agreement agreement) {
        return agreed.stream().filter(item -> item.agreement() == agreement).findFirst();
    }

    /**
     * The suppressions of these kinds.
     *
     * @param reasons which
     * @return oldest first
     */
    public List<Suppressed> suppressions(Set<Suppression> reasons) {
        return suppressions.stream()
                .filter(entry -> reasons.contains(entry.reason()))
                .toList();
    }

    /**
     * Who was asked about.
     *
     * @return the customer, or empty if nobody is known
     */
    public Optional<CustomerId> holder() {
        return Optional.ofNullable(question.holder());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.consent.Standing.Agreed;
import dev.throughline.consent.Standing.Denial;
import dev.throughline.consent.Standing.Ground;
import dev.throughline.consent.Standing.Request;
import dev.throughline.consent.Standing.RequestState;
import dev.throughline.consent.Standing.Suppressed;
import dev.throughline.consent.Standing.Wished;
import dev.throughline.identity.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Weighs the events that decide against one question; made for it and thrown away. */
final class Reckoning {

    private final List<ConsentEvent> events;
    private final Question question;
    private final ConsentScope scope;
    private final Map<CustomerId, CustomerId> survivors = new HashMap<>();
    private final @Nullable CustomerId holder;
    private final List<ConsentEvent> grants;
    private final List<ConsentEvent> refusals;

    Reckoning(List<ConsentEvent> events, Question question) {
        this.events = events;
        this.question = question;
        this.scope = question.scope();
        for (ConsentEvent event : events) {
            if (event.type() == ConsentEvent.Type.MERGED && event.absorbed() != null && event.holder() != null) {
                survivors.put(event.absorbed(), event.holder());
            }
        }
        this.holder = survivor(question.holder());
        this.grants = grants();
        this.refusals = binding(
                        event -> event.type().denies() && event.agreements().isEmpty())
                .toList();
    }

    Standing standing() {
        List<Denial> denials = refusals.stream()
                .filter(refusal -> grants.stream().noneMatch(grant -> lifts(grant, refusal)))
                .map(refusal -> new Denial(refusal.id(), refusal.type(), refusal.scope(), refusal.occurredAt()))
                .toList();
        return new Standing(
                question,
                grants.stream().map(this::ground).toList(),
                denials,
                suppressions(),
                request(denials),
                agreed(),
                acknowledgementDue(denials),
                wishes());
    }

    /** The holder's grants that cover the question and are not older than the address's change of hands. */
    private List<ConsentEvent> grants() {
        Instant released = events.stream()
                .filter(event -> event.type() == ConsentEvent.Type.ADDRESS_RELEASED)
                .map(ConsentEvent::occurredAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return events.stream()
                .filter(event -> event.type().grants() && event.scope().covers(scope))
                .filter(event -> Slot.sameHolder(holder, survivor(event.holder())))
                .filter(event -> event.occurredAt().isAfter(released))
                .sorted(Slot.LATER)
                .toList();
    }

    /** Whatever its stamp: a host whose clock is behind must not go on with what another has heard a no to. */
    private Stream<ConsentEvent> binding(Predicate<ConsentEvent> which) {
        return events.stream()
                .filter(which)
                .filter(event -> event.scope().covers(scope))
                .sorted(Slot.LATER);
    }

    private Stream<ConsentEvent> covering(Predicate<ConsentEvent> which) {
        return binding(which).filter(event -> !event.effectiveAt().isAfter(question.now()));
    }

    private Ground ground(ConsentEvent grant) {
        return new Ground(
                grant.id(),
                state(grant),
                grant.basis(),
                grant.actor(),
                grant.scope(),
                grant.occurredAt(),
                grant.validUntil(),
                grant.evidence(),
                Slot.unproven(grant),
                grant.type() == ConsentEvent.Type.CONFIRMED);
    }

    private Standing.State state(ConsentEvent grant) {
        if (grant.effectiveAt().isAfter(question.now())) {
            return Standing.State.NOT_YET;
        }
        if (refusals.stream().anyMatch(refusal -> !outlasts(grant, refusal))) {
            return Standing.State.WITHDRAWN;
        }
        if (covering(event -> event.type().ends())
                .filter(end -> Slot.sameHolder(holder, survivor(end.holder())))
                .anyMatch(end -> !outlasts(grant, end))) {
            return Standing.State.ENDED;
        }
        if (grant.validUntil() != null && !grant.validUntil().isAfter(question.now())) {
            return Standing.State.EXPIRED;
        }
        return grant.marks().contains(ConsentEvent.Mark.AWAITS_CONFIRMATION)
                        && grant.type() != ConsentEvent.Type.CONFIRMED
                ? Standing.State.PENDING
                : Standing.State.IN_FORCE;
    }

    private boolean lifts(ConsentEvent grant, ConsentEvent refusal) {
        Standing.State state = state(grant);
        return (state == Standing.State.IN_FORCE || state == Standing.State.EXPIRED)
                && outlasts(grant, refusal)
                && Slot.fresh(grant)
                && (grant.scope().covers(refusal.scope().towards(scope.controller()))
                        || grant.marks().contains(ConsentEvent.Mark.ENDS_BROADER_REFUSALS));
    }

    /** Later by more than clocks may differ. */
    private static boolean outlasts(ConsentEvent event, ConsentEvent other) {
        return event.occurredAt().isAfter(other.occurredAt().plus(Slot.SKEW));
    }

    private List<Suppressed> suppressions() {
        var entries = new ArrayList<Suppressed>();
        binding(event -> event.type() == ConsentEvent.Type.SUPPRESSED || event.type() == ConsentEvent.Type.ERASED)
                .filter(entry -> events.stream().noneMatch(lift -> liftsSuppression(lift, entry)))
                .filter(entry -> reason(entry) != Suppression.REVIEW
                        || grants.stream().noneMatch(grant -> answers(grant, entry)))
                .forEach(entry ->
                        entries.add(new Suppressed(entry.id(), reason(entry), entry.scope(), entry.occurredAt())));
        return entries;
    }

    private boolean liftsSuppression(ConsentEvent lift, ConsentEvent entry) {
        return lift.type() == ConsentEvent.Type.LIFTED
                && lift.suppression() == reason(entry)
                && mayLift(lift.actor(), reason(entry))
                && lift.scope().covers(entry.scope())
                && !lift.effectiveAt().isAfter(question.now())
                && ends(lift, entry);
    }

    /** A lift that names what it ends needs no clock, and ends nothing else. */
    private static boolean ends(ConsentEvent lift, ConsentEvent entry) {
        String named = lift.evidence().origin();
        if (!named.isEmpty()) {
            return named.equals(entry.id());
        }
        return isDecided(reason(entry)) ? lift.occurredAt().isAfter(entry.occurredAt()) : outlasts(lift, entry);
    }

    /** Whether the person herself has come back. */
    static boolean liftsErasure(ConsentEvent lift, ConsentEvent erased) {
        return lift.type() == ConsentEvent.Type.LIFTED
                && lift.suppression() == Suppression.ERASURE
                && mayLift(lift.actor(), Suppression.ERASURE)
                && outlasts(lift, erased);
    }

    /** Ended by somebody who knows of it, so that no clocks have to be compared. */
    private static boolean isDecided(Suppression reason) {
        return reason == Suppression.REVIEW || reason == Suppression.HARD_BOUNCE || reason == Suppression.RESTRICTION;
    }

    /** What was unclear is clear once the person has said yes after it. */
    private boolean answers(ConsentEvent grant, ConsentEvent unclear) {
        return state(grant) == Standing.State.IN_FORCE && Slot.fresh(grant) && outlasts(grant, unclear);
    }

    private static Suppression reason(ConsentEvent entry) {
        return entry.suppression() == null ? Suppression.ERASURE : entry.suppression();
    }

    private static boolean mayLift(Actor actor, Suppression reason) {
        return switch (reason) {
            case ERASURE, COMPLAINT -> actor == Actor.SUBJECT || actor == Actor.GUARDIAN || actor == Actor.AUTHORITY;
            case LEGAL -> actor == Actor.AUTHORITY;
            case HARD_BOUNCE, MANUAL, REVIEW, RESTRICTION -> true;
        };
    }

    private Request request(List<Denial> denials) {
        List<ConsentEvent> requests = events.stream()
                .filter(event -> event.type() == ConsentEvent.Type.REQUESTED
                        && event.scope().covers(scope))
                .sorted(Slot.LATER)
                .toList();
        if (requests.isEmpty()) {
            return Request.NONE;
        }
        Instant last = requests.get(requests.size() - 1).occurredAt();
        return new Request(requestState(last, denials), requests.size(), last);
    }

    private RequestState requestState(Instant asked, List<Denial> denials) {
        if (denials.stream().anyMatch(denial -> denial.type() == ConsentEvent.Type.NO_RESPONSE)) {
            return RequestState.BARRED;
        }
        boolean answered = Stream.concat(grants.stream(), refusals.stream())
                .anyMatch(act -> act.type() != ConsentEvent.Type.NO_RESPONSE
                        && !act.occurredAt().isBefore(asked));
        return answered ? RequestState.ANSWERED : RequestState.REQUESTED;
    }

    private List<Agreed> agreed() {
        var agreed = new ArrayList<Agreed>();
        for (Agreement agreement : Agreement.values()) {
            grants.stream()
                    .filter(grant -> grant.agreements().contains(agreement) && state(grant) == Standing.State.IN_FORCE)
                    .filter(grant -> stands(grant, agreement))
                    .reduce((earlier, later) -> later)
                    .ifPresent(grant -> agreed.add(new Agreed(agreement, grant.id(), grant.occurredAt())));
        }
        return agreed;
    }

    private List<Wished> wishes() {
        var wishes = new ArrayList<Wished>();
        binding(event -> event.type() == ConsentEvent.Type.PREFERRED).forEach(event -> {
            if (event.wish() != null && !event.wish().equals(Wish.NONE)) {
                wishes.add(new Wished(event.id(), event.wish(), event.scope(), event.occurredAt()));
            }
        });
        return wishes;
    }

    private boolean stands(ConsentEvent grant, Agreement agreement) {
        return binding(event -> event.type().denies() && event.agreements().contains(agreement))
                .allMatch(refusal -> outlasts(grant, refusal));
    }

    /** Once for each refusal that a grant did not already undo; a second STOP is not answered again. */
    private boolean acknowledgementDue(List<Denial> denials) {
        if (denials.stream().allMatch(denial -> denial.type() == ConsentEvent.Type.NO_RESPONSE)) {
            return false;
        }
        return binding(event -> event.type() == ConsentEvent.Type.ACK_SENT)
                .reduce((earlier, later) -> later)
                .map(sent -> covering(event -> event.type().grants() && Slot.fresh(event))
                        .anyMatch(grant -> grant.occurredAt().isAfter(sent.occurredAt())))
                .orElse(true);
    }

    /** Follows merges to whoever holds the grants now; a circle, which only a broken ledger has, ends where it began. */
    private @Nullable CustomerId survivor(@Nullable CustomerId customer) {
        var seen = new HashSet<CustomerId>();
        CustomerId current = customer;
        while (current != null && seen.add(current) && survivors.containsKey(current)) {
            current = survivors.get(current);
        }
        return current;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger at one contact point. The line itself is the truth and is never changed; what stands follows from all
 * of them by {@link ConsentState#apply}.
 *
 * @param id names it
 * @param type what was done
 * @param holder who held the address; {@code null} if nobody was known. Grants bind to the holder, refusals to the address
 * @param scope how far it reaches
 * @param basis on what a grant rests; {@link Basis#EXPRESS} for other types
 * @param actor who acted
 * @param occurredAt when it was done; what the order of events goes by
 * @param recordedAt when it reached us
 * @param effectiveAt from when on it counts; a refusal at once
 * @param validUntil the first instant at which a grant no longer counts; {@code null} if it has no end
 * @param agreements what a grant allows beyond the default, or what alone a withdrawal takes back
 * @param marks what else must be known to weigh it
 * @param evidence what proves it
 * @param suppression why, for {@link Type#SUPPRESSED} and {@link Type#LIFTED}; else {@code null}
 * @param absorbed who was absorbed or split off, for {@link Type#MERGED} and {@link Type#SPLIT}; else {@code null}
 * @param wish how often and when the person wants to be written to, for {@link Type#PREFERRED}; else {@code null}
 */
public record ConsentEvent(
        String id,
        Type type,
        @Nullable CustomerId holder,
        ConsentScope scope,
        Basis basis,
        Actor actor,
        Instant occurredAt,
        Instant recordedAt,
        Instant effectiveAt,
        @Nullable Instant validUntil,
        Set<Agreement> agreements,
        Set<Mark> marks,
        Evidence evidence,
        @Nullable Suppression suppression,
        @Nullable CustomerId absorbed,
        @Nullable Wish wish)
        implements Payload {

    /** What was done. */
    public enum Type {
        /** A notice was shown; proves nothing but that. */
        NOTICE_SHOWN,
        /** A consent was asked for. */
        REQUESTED,
        /** A request stayed without an answer for as long as the policy waits. */
        NO_RESPONSE,
        /** Consent was given. */
        GRANTED,
        /** Consent was confirmed by a second act (double opt-in). */
        CONFIRMED,
        /** Consent was refused. */
        REFUSED,
        /** Consent was taken back. */
        WITHDRAWN,
        /** A use that needs no consent was objected to. */
        OBJECTED,
        /** A consent was affirmed again. */
        RECONFIRMED,
        /** A consent came to its end. */
        EXPIRED,
        /** A consent was found void. */
        INVALIDATED,
        /** A new notice took a consent's place. */
        SUPERSEDED,
        /** The address was put on the suppression list. */
        SUPPRESSED,
        /** It was taken off. */
        LIFTED,
        /** The person has said how often and when she wants to be written to. */
        PREFERRED,
        /** A registry was asked. */
        REGISTRY_SYNC,
        /** The address went to another person. */
        ADDRESS_RELEASED,
        /** The holder uses another address now. */
        ADDRESS_CHANGED,
        /** Another customer was absorbed by the holder. */
        MERGED,
        /** A merge was undone. */
        SPLIT,
        /** A grant was brought in from a list. */
        IMPORTED,
        /** An opt-out was acknowledged. */
        ACK_SENT,
        /** The holder's data were erased. */
        ERASED;

        /**
         * Whether it is a yes, of whatever strength.
         *
         * @return whether
         */
        public boolean grants() {
            return switch (this) {
                case GRANTED, CONFIRMED, RECONFIRMED, IMPORTED -> true;
                default -> false;
            };
        }

        /**
         * Whether it is a no, or counts as one.
         *
         * @return whether
         */
        public boolean denies() {
            return switch (this) {
                case NO_RESPONSE, REFUSED, WITHDRAWN, OBJECTED -> true;
                default -> false;
            };
        }

        /** Counts at once, and whatever a clock that is ahead says. */
        boolean restricts() {
            return denies() || this == SUPPRESSED || this == ERASED || this == PREFERRED;
        }

        /**
         * Whether it ends its holder's consents without a no of hers.
         *
         * @return whether
         */
        public boolean ends() {
            return switch (this) {
                case EXPIRED, INVALIDATED, SUPERSEDED, ADDRESS_CHANGED -> true;
                default -> false;
            };
        }
    }

    /** What else must be known to weigh an event. */
    public enum Mark {
        /** The grant counts only once it is confirmed (double opt-in). */
        AWAITS_CONFIRMATION,
        /** The words shown said that the grant also ends refusals that reach further than itself. */
        ENDS_BROADER_REFUSALS
    }

    /** How an event is stored. */
    public static final Codec<ConsentEvent> CODEC = new ConsentEventCodec();

    /**
     * Copies and sorts the sets. Nobody has refused later than we heard of it, nor from a later instant on: a refusal, suppression
     * or erasure with a later stamp is entered as of its reception.
     */
    public ConsentEvent {
        if (type.restricts()) {
            occurredAt = occurredAt.isAfter(recordedAt) ? recordedAt : occurredAt;
            effectiveAt = occurredAt;
        }
        agreements = sorted(agreements);
        marks = sorted(marks);
    }

    /**
     * The address is put on the suppression list.
     *
     * @param occasion by what and when; a hard bounce's occasion is its receipt
     * @param scope how far: {@link ConsentScope#EVERYTHING} for an address that does not exist
     * @param why the reason
     * @param actor who says so
     * @return the event
     */
    public static ConsentEvent suppressed(Occasion occasion, ConsentScope scope, Suppression why, Actor actor) {
        return plain(occasion, Type.SUPPRESSED, scope, actor).because(why);
    }

    /**
     * A reply may be a refusal: sending pauses until somebody has read it.
     *
     * @param occasion the reply and when
     * @param scope how far
     * @param text what it says
     * @return the event, with the reply as its evidence
     */
    public static ConsentEvent unclear(Occasion occasion, ConsentScope scope, String text) {
        var paused = suppressed(occasion, scope, Suppression.REVIEW, Actor.SYSTEM);
        return paused.with(paused.id, new Evidence("", 0, text, "", "", "reply", "", ""), paused.suppression, null);
    }

    /**
     * What paused sending was read by a classifier, and is no refusal.
     *
     * @param occasion by what and when
     * @param pause the event of {@link #unclear} that ends, and no other one
     * @return the event
     */
    public static ConsentEvent cleared(Occasion occasion, ConsentEvent pause) {
        var lift = lifted(occasion, pause.scope, Suppression.REVIEW, Actor.SYSTEM);
        var evidence = new Evidence("", 0, "", "", "", "classifier", "", pause.id);
        return lift.with(lift.id, evidence, lift.suppression, null);
    }

    /**
     * The address is taken off the suppression list.
     *
     * @param occasion by what and when
     * @param scope how far; must cover the suppression's scope to have an effect
     * @param why the reason that is over
     * @param actor who says so: ERASURE and COMPLAINT are lifted by the person or an authority only, LEGAL by an authority only
     * @return the event
     */
    public static ConsentEvent lifted(Occasion occasion, ConsentScope scope, Suppression why, Actor actor) {
        return plain(occasion, Type.LIFTED, scope, actor).because(why);
    }

    /**
     * Somebody of the host's has decided that the address is written to again: what paused it was read and is no refusal, or the
     * address works again.
     *
     * @param occasion by what and when
     * @param why the reason that is over: {@link Suppression#REVIEW} or {@link Suppression#HARD_BOUNCE}
     * @param who who decided
     * @param because on what ground
     * @return the event, with who and why as its evidence
     * @throws ThroughlineException if it is another reason, which only the person or an authority ends, or nobody says who or why
     */
    public static ConsentEvent decided(Occasion occasion, Suppression why, String who, String because) {
        if (why != Suppression.REVIEW && why != Suppression.HARD_BOUNCE && why != Suppression.RESTRICTION) {
            throw new ThroughlineException(
                    "lifting of " + why + ": expected REVIEW, HARD_BOUNCE or RESTRICTION; a host ends no other");
        }
        return lifted(occasion, ConsentScope.EVERYTHING, why, Actor.AGENT).decidedBy("lifting of " + why, who, because);
    }

    /**
     * Somebody of the host's has read what paused sending, and it is no refusal.
     *
     * @param occasion by what and when
     * @param pause the id of the event that ends, and no other one
     * @param who who has read it
     * @param because what else it says
     * @return the event, with who and why as its evidence
     * @throws ThroughlineException if nobody says who or why
     */
    public static ConsentEvent read(Occasion occasion, String pause, String who, String because) {
        var decided = decided(occasion, Suppression.REVIEW, who, because);
        var evidence = new Evidence("", 0, because, "", "", "decision", who, pause);
        return decided.with(decided.id, evidence, decided.suppression, null);
    }

    /**
     * Somebody of the host's has put the address on the suppression list, or brings in a list that has it.
     *
     * @param occasion by what and when
     * @param why the reason
     * @param who who decided
     * @param because on what ground
     * @return the event, with who and why as its evidence
     * @throws ThroughlineException if nobody says who or why
     */
    public static ConsentEvent listed(Occasion occasion, Suppression why, String who, String because) {
        return suppressed(occasion, ConsentScope.EVERYTHING, why, Actor.AGENT)
                .decidedBy("suppression for " + why, who, because);
    }

    /**
     * The address went to another person: the operator says so, or the person who has it now.
     *
     * @param occasion by what and when
     * @param who who has found out
     * @param because on what ground
     * @return the event, with who and why as its evidence
     * @throws ThroughlineException if nobody says who or why
     */
    public static ConsentEvent released(Occasion occasion, String who, String because) {
        return plain(occasion, Type.ADDRESS_RELEASED, ConsentScope.EVERYTHING, Actor.AGENT)
                .decidedBy("release", who, because);
    }

    private ConsentEvent decidedBy(String what, String who, String because) {
        if (!Identity.isLine(who) || !Identity.isLine(because)) {
            throw new ThroughlineException(what + ": expected one line that says who decided and one that says why");
        }
        return with(id, new Evidence("", 0, because, "", "", "decision", who, ""), suppression, absorbed);
    }

    /**
     * A consent is asked for.
     *
     * @param occasion by what message and when
     * @param scope for what
     * @param shown the words of the request, and the message as their proof
     * @return the event
     */
    public static ConsentEvent requested(Occasion occasion, ConsentScope scope, Evidence shown) {
        var asked = plain(occasion, Type.REQUESTED, scope, Actor.SYSTEM);
        return asked.with(asked.id, shown, null, null);
    }

    /**
     * A request is answered with yes: consent to what was asked, on the evidence of what was shown.
     *
     * @param request the request
     * @param occasion by what answer and when; its holder is who answered
     * @param method how, such as {@code sms keyword}
     * @return the event
     */
    public static ConsentEvent answered(ConsentEvent request, Occasion occasion, String method) {
        var given = plain(occasion, Type.GRANTED, request.scope, Actor.SUBJECT);
        return given.with(given.id, request.evidence.by(method), null, null);
    }

    /**
     * A consent that waited for it is confirmed by a click on the link that was sent to the address (double opt-in).
     *
     * @param pending the consent
     * @param occasion by what click and when
     * @param channel on the channel of the request
     * @param proof the message that bore the link
     * @return the event: what was shown stays its evidence, and how it was confirmed is its method
     */
    public static ConsentEvent confirmed(ConsentEvent pending, Occasion occasion, String channel, String proof) {
        var marks = EnumSet.noneOf(Mark.class);
        marks.addAll(pending.marks);
        marks.remove(Mark.AWAITS_CONFIRMATION);
        return pending.again(Type.CONFIRMED, occasion, channel, marks, pending.evidence.confirmed(proof));
    }

    /**
     * A consent that waited for its confirmation too long is asked for once more by the person.
     *
     * @param pending the consent, which goes on waiting
     * @param occasion by what click and when
     * @param channel on the channel of the request
     * @return the event
     */
    public static ConsentEvent renewed(ConsentEvent pending, Occasion occasion, String channel) {
        return pending.again(Type.GRANTED, occasion, channel, pending.marks, pending.evidence);
    }

    private ConsentEvent again(Type as, Occasion occasion, String channel, Set<Mark> marked, Evidence proof) {
        var narrowed = new ConsentScope(scope.controller(), scope.brand(), channel, scope.purpose(), scope.topic());
        return new ConsentEvent(
                Ids.hash("consent", occasion.id(), as, narrowed),
                as,
                holder,
                narrowed,
                basis,
                actor,
                occasion.occurredAt(),
                occasion.recordedAt(),
                occasion.occurredAt(),
                validUntil,
                agreements,
                marked,
                proof,
                null,
                null,
                null);
    }

    /**
     * A request has stayed without an answer.
     *
     * @param occasion by what timer and when
     * @param scope for what it was
     * @return the event
     */
    public static ConsentEvent unanswered(Occasion occasion, ConsentScope scope) {
        return plain(occasion, Type.NO_RESPONSE, scope, Actor.SYSTEM);
    }

    /**
     * An opt-out was acknowledged.
     *
     * @param occasion by what message and when
     * @param scope what the opt-out reached
     * @return the event
     */
    public static ConsentEvent acknowledged(Occasion occasion, ConsentScope scope) {
        return plain(occasion, Type.ACK_SENT, scope, Actor.SYSTEM);
    }

    /**
     * Some act of a type that needs nothing more: NOTICE_SHOWN, EXPIRED, INVALIDATED, SUPERSEDED, REGISTRY_SYNC,
     * ADDRESS_RELEASED, ADDRESS_CHANGED or ERASED.
     *
     * @param occasion by what and when
     * @param type what was done
     * @param scope how far it reaches
     * @param actor who acted
     * @return the event
     */
    public static ConsentEvent plain(Occasion occasion, Type type, ConsentScope scope, Actor actor) {
        return new ConsentEvent(
                Ids.hash("consent", occasion.id(), type, scope),
                type,
                occasion.holder(),
                scope,
                Basis.EXPRESS,
                actor,
                occasion.occurredAt(),
                occasion.recordedAt(),
                occasion.occurredAt(),
                null,
                Set.of(),
                Set.of(),
                Evidence.NONE,
                null,
                null,
                null);
    }

    /**
     * The occasion's holder has absorbed another customer, whose grants at this address are now the holder's.
     *
     * @param occasion by what and when; its holder is the survivor
     * @param absorbed who was absorbed
     * @return the event
     */
    public static ConsentEvent merged(Occasion occasion, CustomerId absorbed) {
        return plain(occasion, Type.MERGED, ConsentScope.EVERYTHING, Actor.SYSTEM)
                .about(absorbed);
    }

    /**
     * A merge is undone: each has the own grants again, refusals stay with both.
     *
     * @param occasion by what and when; its holder is the survivor
     * @param restored who is split off
     * @return the event
     */
    public static ConsentEvent split(Occasion occasion, CustomerId restored) {
        return plain(occasion, Type.SPLIT, ConsentScope.EVERYTHING, Actor.SYSTEM)
                .about(restored);
    }

    /**
     * Whether a person has said no by it, or may have: a refusal, a complaint, a reply that somebody has to read.
     *
     * @return whether messages that this reaches must not leave from then on
     */
    public boolean isOptOut() {
        boolean refused = type == Type.REFUSED || type == Type.WITHDRAWN || type == Type.OBJECTED;
        return refused
                || (type == Type.SUPPRESSED
                        && (suppression == Suppression.COMPLAINT || suppression == Suppression.REVIEW));
    }

    /**
     * Whether an input has caused it, where it is no suppression and no merge.
     *
     * @param occasion the input's id
     * @return whether it bears the name that it has by that input
     */
    public boolean isOf(String occasion) {
        return id.equals(Ids.hash("consent", occasion, type, scope));
    }

    /** What the projection keeps of it. */
    ConsentEvent brief() {
        return with(id, evidence.brief(), suppression, absorbed);
    }

    /** That it was said, without who it was and what proves it. */
    ConsentEvent withoutPerson() {
        return new ConsentEvent(
                id,
                type,
                null,
                scope,
                basis,
                actor,
                occurredAt,
                recordedAt,
                effectiveAt,
                validUntil,
                agreements,
                marks,
                Evidence.NONE,
                suppression,
                null,
                null);
    }

    /**
     * Whether the person agrees to something by it: an act of her own that she was shown something for.
     *
     * @return whether it brings back somebody who was erased
     */
    public boolean isOwnYes() {
        boolean own = actor == Actor.SUBJECT || actor == Actor.GUARDIAN;
        return type.grants() && own && Slot.fresh(this);
    }

    private ConsentEvent because(Suppression why) {
        return with(Ids.hash(id, why), evidence, why, absorbed);
    }

    private ConsentEvent about(CustomerId other) {
        return with(Ids.hash(id, other), evidence, suppression, other);
    }

    private ConsentEvent with(String name, Evidence proof, @Nullable Suppression why, @Nullable CustomerId other) {
        return new ConsentEvent(
                name,
                type,
                holder,
                scope,
                basis,
                actor,
                occurredAt,
                recordedAt,
                effectiveAt,
                validUntil,
                agreements,
                marks,
                proof,
                why,
                other,
                wish);
    }

    private static <E extends Enum<E>> Set<E> sorted(Set<E> values) {
        return values.isEmpty() ? Collections.emptySet() : Collections.unmodifiableSet(EnumSet.copyOf(values));
    }
}

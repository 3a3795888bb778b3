// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.MessageClass;
import dev.throughline.consent.Actor;
import dev.throughline.consent.Basis;
import dev.throughline.consent.Evidence;
import dev.throughline.consent.Standing;
import dev.throughline.consent.Standing.Denial;
import dev.throughline.consent.Standing.Ground;
import dev.throughline.consent.Standing.RequestState;
import dev.throughline.consent.Suppression;
import dev.throughline.identity.Channel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the people concerned have said: suppression, age, consent, and whether they may be asked. */
final class Permission {

    private static final String CONSENT = "consent";

    /** Said of nearly every message, and kept with it. */
    private static final List<Finding> NOT_SUPPRESSED =
            List.of(Finding.of("suppression", "", Outcome.ALLOW, Reason.NOT_SUPPRESSED));

    /** By rule; said of nearly every message that is no advertisement. */
    private static final Map<String, List<Finding>> NOT_OBJECTED = new ConcurrentHashMap<>();

    private Permission() {}

    static List<Finding> suppression(Facts facts) {
        if (facts.standing().suppressions().isEmpty()) {
            return NOT_SUPPRESSED;
        }
        List<Finding> findings = facts.standing().suppressions().stream()
                .filter(entry -> bites(entry.reason(), facts))
                .map(entry -> Finding.of("suppression", "", Outcome.DENY, reason(entry.reason()))
                        .with("since", entry.at())
                        .with("event", entry.event())
                        .with("why", entry.reason()))
                .toList();
        return findings.isEmpty() ? NOT_SUPPRESSED : findings;
    }

    /** Codes and contract news ignore the lists that are about advertising, never the ones about the address or a court. */
    private static boolean bites(Suppression reason, Facts facts) {
        boolean awaited =
                switch (facts.messageClass()) {
                    case REGULATORY, ONE_TIME_CODE, TRANSACTIONAL -> true;
                    case SERVICE, CONSENT_REQUEST, MARKETING -> false;
                };
        return switch (reason) {
            case HARD_BOUNCE -> true;
            case LEGAL, RESTRICTION -> facts.messageClass() != MessageClass.REGULATORY;
            case ERASURE -> !awaited || facts.customer() != null;
            case COMPLAINT, MANUAL -> !awaited;
            case REVIEW ->
                facts.messageClass() == MessageClass.MARKETING || facts.messageClass() == MessageClass.CONSENT_REQUEST;
        };
    }

    private static Reason reason(Suppression suppression) {
        return switch (suppression) {
            case ERASURE -> Reason.ERASED;
            case REVIEW -> Reason.PAUSED_FOR_REVIEW;
            case HARD_BOUNCE, COMPLAINT, MANUAL, LEGAL, RESTRICTION -> Reason.SUPPRESSED;
        };
    }

    static Finding age(Rule rule, Clause.Age wanted, Facts facts) {
        LocalDate birthDate = facts.birthDate();
        if (wanted.min() == 0) {
            return Finding.of("age", rule.id(), Outcome.ALLOW, Reason.AGE_OK);
        }
        if (birthDate == null) {
            return wanted.unknownDenies()
                    ? Finding.of("age", rule.id(), Outcome.DENY, Reason.AGE_UNKNOWN)
                    : Finding.of("age", rule.id(), Outcome.ALLOW, Reason.AGE_OK);
        }
        int age = years(birthDate, facts.now(), facts);
        List<Ground> grounds = facts.standing().inForce();
        boolean ownWord = grounds.stream()
                .anyMatch(ground ->
                        ground.actor() != Actor.GUARDIAN && years(birthDate, ground.since(), facts) >= wanted.min());
        boolean guardians = grounds.stream().anyMatch(ground -> ground.actor() == Actor.GUARDIAN);
        boolean childs = grounds.stream().anyMatch(ground -> ground.actor() == Actor.SUBJECT);
        if (ownWord || (age >= wanted.min() && grounds.isEmpty())) {
            return Finding.of("age", rule.id(), Outcome.ALLOW, Reason.AGE_OK).with("age", age);
        }
        if (!guardians) {
            return Finding.of("age", rule.id(), Outcome.DENY, Reason.GUARDIAN_CONSENT)
                    .with("age", age)
                    .with("min", wanted.min());
        }
        return age >= wanted.alsoChild() && age < wanted.min() && !childs
                ? Finding.of("age", rule.id(), Outcome.DENY, Reason.CHILD_CONSENT)
                        .with("age", age)
                : Finding.of("age", rule.id(), Outcome.ALLOW, Reason.AGE_OK).with("age", age);
    }

    private static int years(LocalDate birthDate, Instant at, Facts facts) {
        return Period.between(birthDate, LocalDate.ofInstant(at, facts.zoneOrBrands()))
                .getYears();
    }

    /** What one rule says; several rules must all be content, which makes the accepted bases intersect. */
    static List<Finding> consent(String rule, Clause.Consent wanted, @Nullable Finding silence, Facts facts) {
        List<Denial> denials = facts.standing().denials();
        if (!denials.isEmpty()) {
            return denials.stream().map(denial -> denied(rule, denial)).toList();
        }
        for (Clause.Accepted accepted : wanted.anyOf()) {
            if (accepted.basis() == Basis.NOT_OBJECTED) {
                return NOT_OBJECTED.computeIfAbsent(rule, Permission::notObjected);
            }
            for (Ground ground : facts.standing().inForce()) {
                if (objection(rule, accepted, ground, facts).isEmpty()) {
                    return granted(rule, accepted, ground, facts);
                }
            }
        }
        return List.of(silence == null ? refused(rule, wanted, facts) : silence);
    }

    private static List<Finding> notObjected(String rule) {
        return List.of(Finding.of(CONSENT, rule, Outcome.ALLOW, Reason.NOT_OBJECTED));
    }

    private static Finding denied(String rule, Denial denial) {
        Reason reason =
                switch (denial.type()) {
                    case REFUSED -> Reason.REFUSED;
                    case OBJECTED -> Reason.OBJECTED;
                    case NO_RESPONSE -> Reason.BARRED;
                    default -> Reason.WITHDRAWN;
                };
        return Finding.of(CONSENT, rule, Outcome.DENY, reason)
                .with("event", denial.event())
                .with("since", denial.at())
                .with("scope", denial.scope());
    }

    private static List<Finding> granted(String rule, Clause.Accepted accepted, Ground ground, Facts facts) {
        var findings = new ArrayList<Finding>();
        findings.add(about(rule, Outcome.ALLOW, Reason.CONSENT_IN_FORCE, ground));
        Period every = accepted.reconfirmEvery();
        if (every != null && isOver(ground, every, facts)) {
            findings.add(about(rule, Outcome.NOTE, Reason.RECONFIRM_DUE, ground));
        }
        return findings;
    }

    /** Why a grant in force is not what is accepted; empty if it is. */
    private static Optional<Finding> objection(String rule, Clause.Accepted accepted, Ground ground, Facts facts) {
        if (!meets(ground.basis(), accepted.basis())) {
            return Optional.of(
                    about(rule, Outcome.DENY, Reason.BASIS_NOT_ACCEPTED, ground).with("accepted", accepted.basis()));
        }
        List<String> missing = ground.evidence().missing(accepted.evidence());
        if (!missing.isEmpty()) {
            Reason reason = ground.unproven() ? Reason.IMPORTED_UNPROVEN : Reason.EVIDENCE_INCOMPLETE;
            return Optional.of(about(rule, Outcome.DENY, reason, ground).with("missing", String.join(", ", missing)));
        }
        boolean elsewhere = !facts.channel().equals(Channel.EMAIL)
                && ground.evidence().method().equals(Evidence.BY_MAIL);
        if (accepted.sameChannel() && elsewhere) {
            return Optional.of(about(rule, Outcome.DENY, Reason.EVIDENCE_CHANNEL, ground)
                    .with("method", ground.evidence().method())
                    .with("channel", facts.channel()));
        }
        if (isEnded(accepted, ground, facts)) {
            return Optional.of(about(rule, Outcome.DENY, Reason.CONSENT_ENDED, ground));
        }
        if (accepted.confirmed() && !ground.confirmed()) {
            return Optional.of(about(rule, Outcome.DENY, Reason.UNCONFIRMED, ground));
        }
        Period age = accepted.maxAge();
        Period every = accepted.reconfirmEvery();
        if ((age != null && isOver(ground, age, facts))
                || (every != null && accepted.silenceEnds() && isOver(ground, every, facts))) {
            return Optional.of(about(rule, Outcome.DENY, Reason.CONSENT_EXPIRED, ground)
                    .with("until", end(ground, age == null ? every : age, facts)));
        }
        boolean origin = accepted.from().isEmpty()
                || accepted.from().equals(ground.evidence().origin());
        boolean category = !accepted.sameCategory() || facts.flags().contains(Facts.SAME_CATEGORY);
        return origin && category
                ? Optional.empty()
                : Optional.of(about(rule, Outcome.DENY, Reason.BASIS_NOT_ACCEPTED, ground)
                        .with(
                                "accepted",
                                accepted.basis() + (origin ? " for the same category" : " from " + accepted.from())));
    }

    /** A relation that was said to last ends with the word that it has ended, from which another clock runs. */
    private static boolean isEnded(Clause.Accepted accepted, Ground ground, Facts facts) {
        return !accepted.endedBy().isEmpty()
                && facts.standing().grounds().stream()
                        .filter(other -> other.evidence().origin().equals(accepted.endedBy()))
                        .anyMatch(other -> !other.since().isBefore(ground.since()));
    }

    /** Who has said yes in writing has said yes. */
    private static boolean meets(Basis given, Basis wanted) {
        return given == wanted || (given == Basis.EXPRESS_WRITTEN && wanted == Basis.EXPRESS);
    }

    /** The grant that comes nearest says why it is not enough. */
    private static Finding refused(String rule, Clause.Consent wanted, Facts facts) {
        Clause.Accepted first = wanted.anyOf().get(0);
        List<Finding> near = facts.standing().inForce().stream()
                .flatMap(ground -> wanted.anyOf().stream()
                        .filter(accepted -> meets(ground.basis(), accepted.basis()))
                        .max(Comparator.comparing(accepted ->
                                accepted.from().equals(ground.evidence().origin())))
                        .or(() -> Optional.of(first))
                        .flatMap(accepted -> objection(rule, accepted, ground, facts))
                        .stream())
                .toList();
        if (!near.isEmpty()) {
            return near.get(near.size() - 1);
        }
        for (Standing.State state :
                List.of(Standing.State.PENDING, Standing.State.NOT_YET, Standing.State.EXPIRED, Standing.State.ENDED)) {
            List<Ground> grounds = facts.standing().grounds(state);
            if (!grounds.isEmpty()) {
                return about(rule, Outcome.DENY, reason(state), grounds.get(grounds.size() - 1));
            }
        }
        return Finding.of(CONSENT, rule, Outcome.DENY, Reason.NO_CONSENT)
                .with("purpose", facts.standing().question().purpose())
                .with("channel", facts.channel())
                .with(
                        "accepted",
                        wanted.anyOf().stream()
                                .map(accepted -> accepted.basis().name())
                                .collect(Collectors.joining(", ")));
    }

    private static Reason reason(Standing.State state) {
        return switch (state) {
            case PENDING -> Reason.UNCONFIRMED;
            case NOT_YET -> Reason.CONSENT_NOT_YET;
            case EXPIRED -> Reason.CONSENT_EXPIRED;
            case IN_FORCE, ENDED, WITHDRAWN -> Reason.CONSENT_ENDED;
        };
    }

    static Finding asking(Rule rule, Clause.Asking wanted, Facts facts) {
        var request = facts.standing().request();
        if (request.state() == RequestState.BARRED) {
            return barred(rule.id(), facts);
        }
        boolean allowed = wanted.perPending() ? awaits(wanted, facts) : request.count() < wanted.maxEver();
        Finding finding = Finding.of(
                "request",
                rule.id(),
                allowed ? Outcome.ALLOW : Outcome.DENY,
                allowed ? Reason.REQUEST_ALLOWED : unasked(wanted, facts));
        return finding.with("count", request.count())
                .with("max", wanted.maxEver())
                .with("since", request.last() == null ? "" : request.last());
    }

    private static Reason unasked(Clause.Asking wanted, Facts facts) {
        if (wanted.perPending()
                && facts.standing().grounds(Standing.State.PENDING).isEmpty()) {
            return Reason.NOTHING_TO_CONFIRM;
        }
        return isSilent(wanted, facts) ? Reason.BARRED : Reason.REQUESTED_BEFORE;
    }

    /** One request for each consent that waits: a later one only after the person has asked again. */
    private static boolean awaits(Clause.Asking wanted, Facts facts) {
        Instant last = facts.standing().request().last();
        return wanted.maxEver() > 0
                && facts.standing().grounds(Standing.State.PENDING).stream()
                        .anyMatch(ground -> last == null || ground.since().isAfter(last));
    }

    /** Whether a request was made so long ago without an answer that the silence is a no. */
    static boolean isSilent(Clause.Asking wanted, Facts facts) {
        var request = facts.standing().request();
        return wanted.silenceBars()
                && request.state() == RequestState.REQUESTED
                && request.last() != null
                && !request.last().plus(wanted.after()).isAfter(facts.now());
    }

    static Finding barred(String rule, Facts facts) {
        Instant last = facts.standing().request().last();
        return Finding.of(CONSENT, rule, Outcome.DENY, Reason.BARRED).with("since", last == null ? "" : last);
    }

    private static boolean isOver(Ground ground, Period period, Facts facts) {
        return !end(ground, period, facts).isAfter(facts.now());
    }

    private static Instant end(Ground ground, @Nullable Period period, Facts facts) {
        return ground.since()
                .atZone(facts.zoneOrBrands())
                .plus(period == null ? Period.ZERO : period)
                .toInstant();
    }

    private static Finding about(String rule, Outcome outcome, Reason reason, Ground ground) {
        Finding finding = Finding.of(CONSENT, rule, outcome, reason)
                .with("event", ground.event())
                .with("basis", ground.basis())
                .with("since", ground.since());
        return ground.validUntil() == null ? finding : finding.with("until", ground.validUntil());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.CustomerId;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which events stand in for each other, so that only the latest of them decides. An event is replaced only by one that is at
 * least as strong, which makes the projection the same in whatever order events arrive.
 */
final class Slot {

    /** What reaches us later than this after it was done is still "now"; refusals win within it. */
    static final Duration SKEW = Duration.ofMinutes(5);

    static final Comparator<ConsentEvent> LATER = Comparator.comparing(ConsentEvent::occurredAt)
            .thenComparing(event -> event.type() == ConsentEvent.Type.SPLIT)
            .thenComparing(ConsentEvent::id);

    private static final char SEPARATOR = '\u001f';

    private Slot() {}

    /** The slot's name, which begins with a letter for what it holds; empty for events that decide nothing. */
    static String of(ConsentEvent event) {
        ConsentEvent.Type type = event.type();
        ConsentScope scope = event.scope();
        if (type.grants()) {
            return name("G", event.holder(), scope, event.basis(), event.actor(), strength(event), later(event));
        }
        if (type.denies()) {
            return name("D", scope, event.agreements(), type == ConsentEvent.Type.NO_RESPONSE, later(event));
        }
        if (type.ends()) {
            return name("E", event.holder(), scope, type, later(event));
        }
        return switch (type) {
            case PREFERRED -> name("P", scope);
            case SUPPRESSED -> name("S", event.suppression(), scope);
            case LIFTED -> name("L", event.suppression(), scope, event.actor());
            case REQUESTED -> name("R", event.id());
            case ACK_SENT -> name("K", scope);
            case ADDRESS_RELEASED -> "V";
            case ERASED -> "X";
            case MERGED, SPLIT -> name("M", event.absorbed());
            default -> "";
        };
    }

    /** The slot of one thing that a grant allows beyond the default. */
    static String of(ConsentEvent grant, Agreement agreement) {
        return name("A", grant.holder(), grant.scope(), agreement, grant.actor(), strength(grant), later(grant));
    }

    /** What a grant that came later must not lack if it is to take another's place. */
    private static String strength(ConsentEvent grant) {
        return (unproven(grant) ? "u" : "")
                + (fresh(grant) ? "f" : "")
                + (grant.type() == ConsentEvent.Type.CONFIRMED ? "c" : "")
                + (grant.marks().isEmpty() ? "" : grant.marks());
    }

    /** Brought in from a list that does not say what the person was shown. */
    static boolean unproven(ConsentEvent grant) {
        boolean imported = grant.type() == ConsentEvent.Type.IMPORTED || grant.actor() == Actor.IMPORT;
        return imported && !grant.evidence().has("text");
    }

    /** An act of the person, or somebody's record of it with proof: only this ends a refusal. */
    static boolean fresh(ConsentEvent grant) {
        return switch (grant.actor()) {
            case SUBJECT, GUARDIAN -> grant.evidence().has("method");
            case AGENT -> grant.evidence().has("proof");
            case SYSTEM, IMPORT, AUTHORITY -> false;
        };
    }

    /** An act that counts from a later instant on must not hide the one that counts until then. */
    private static boolean later(ConsentEvent event) {
        return event.effectiveAt().isAfter(event.occurredAt().plus(SKEW));
    }

    static boolean sameHolder(@Nullable CustomerId one, @Nullable CustomerId other) {
        return one != null && one.equals(other);
    }

    private static String name(String letter, @Nullable Object... parts) {
        var name = new StringBuilder(letter);
        for (Object part : parts) {
            name.append(SEPARATOR);
            if (part instanceof ConsentScope scope) {
                name.append(scope.controller())
                        .append(SEPARATOR)
                        .append(scope.brand())
                        .append(SEPARATOR);
                name.append(scope.channel())
                        .append(SEPARATOR)
                        .append(scope.purpose())
                        .append(SEPARATOR);
                name.append(scope.topic());
            } else {
                name.append(part);
            }
        }
        return name.toString();
    }
}

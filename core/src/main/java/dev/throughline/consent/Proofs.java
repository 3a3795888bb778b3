// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which lines of an address's ledger prove a consent that is over, and for how long it has been. */
public final class Proofs {

    private Proofs() {}

    /**
     * Proofs of consents that had ended before an instant. A refusal, a suppression, and what has ended a consent is never among them,
     * nor is a consent that nothing has ended, however old it is or how often it was given again.
     *
     * @param ledger all lines of one address
     * @param before the instant
     * @return the ids of the lines
     */
    public static Set<String> outlived(Collection<ConsentEvent> ledger, Instant before) {
        var outlived = new TreeSet<String>();
        for (ConsentEvent line : ledger) {
            if (line.type().grants() && ends(line, ledger).anyMatch(end -> end.isBefore(before))) {
                outlived.add(line.id());
            }
        }
        return outlived;
    }

    /** What was said to have happened, and was heard of later, has ended it for us when we heard of it. */
    private static Stream<Instant> ends(ConsentEvent grant, Collection<ConsentEvent> ledger) {
        var ended = ledger.stream()
                .filter(line -> isEnd(line, grant))
                .map(line -> later(later(line.occurredAt(), line.recordedAt()), grant.recordedAt()));
        return grant.validUntil() == null ? ended : Stream.concat(Stream.of(grant.validUntil()), ended);
    }

    /** Refusals win within the band of clocks that differ. */
    private static boolean isEnd(ConsentEvent line, ConsentEvent grant) {
        ConsentEvent.Type type = line.type();
        if (line.occurredAt().plus(Slot.SKEW).isBefore(grant.occurredAt())) {
            return false;
        }
        if (type.denies()) {
            return line.agreements().isEmpty() && line.scope().covers(grant.scope());
        }
        if (type.ends()) {
            return Slot.sameHolder(line.holder(), grant.holder())
                    && line.scope().covers(grant.scope());
        }
        boolean gone = type == ConsentEvent.Type.ERASED || type == ConsentEvent.Type.ADDRESS_RELEASED;
        return gone && !line.occurredAt().isBefore(grant.occurredAt());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

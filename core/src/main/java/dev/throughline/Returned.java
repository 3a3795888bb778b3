// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.customer.Customer;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.IdentifierState;
import dev.throughline.decision.ContactPointAggregate;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** Recognises at the gate whom a list would bring back who was erased. Thread-safe. */
final class Returned {

    /** What is younger is left to the ring, which knows of each erasure at once. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final Store store;
    private final Pepper pepper;

    Returned(Store store, Pepper pepper) {
        this.store = store;
        this.pepper = pepper;
    }

    /**
     * Refuses what is loaded of, or comes late from, somebody who was erased and has not come back herself.
     *
     * @throws ThroughlineException if it is; does not say who
     */
    void refuse(Touchpoint touchpoint, Instant now) {
        boolean loaded = touchpoint.origin() == Origin.HISTORY;
        boolean late = touchpoint.occurredAt().isBefore(now.minus(LATE));
        if (!pepper.isKnown() || !(loaded || late)) {
            return;
        }
        for (Identity name : touchpoint.identities()) {
            Instant erased = erased(name).orElse(null);
            if (erased != null && (!touchpoint.occurredAt().isAfter(erased) || (loaded && !isBack(name)))) {
                throw new Erased("touchpoint '" + touchpoint.id() + "' (" + touchpoint.name() + "): its "
                        + name.type() + " is of somebody who was erased on "
                        + erased + ", expected an act of the person's own that brings her back");
            }
        }
    }

    /** That somebody was erased. */
    static final class Erased extends ThroughlineException {
        private static final long serialVersionUID = 1L;

        Erased(String message) {
            super(message);
        }
    }

    private Optional<Instant> erased(Identity name) {
        return pepper.standIns(name.toString()).stream()
                .flatMap(id -> store.peek(new Key(Key.Kind.IDENTIFIER, id)).stream())
                .flatMap(state -> ((IdentifierState) state).erasedAt().stream())
                .max(Instant::compareTo);
    }

    /** Somebody has the name again, and where it was her address that is written to, she has agreed to it anew. */
    private boolean isBack(Identity name) {
        var owner = store.peek(Key.of(name)).map(IdentifierState::ownerOf);
        return owner.flatMap(store::peek)
                .map(state -> ((CustomerState) state).customer())
                .filter(customer -> customer.addresses().stream().noneMatch(address -> store.peek(Key.of(address))
                        .filter(ContactPointAggregate::isErased)
                        .isPresent()))
                .filter(customer -> Customer.address(name).isEmpty()
                        || customer.identities().contains(name))
                .isPresent();
    }

    /**
     * Checks that everybody who was erased is recognised.
     *
     * @throws ThroughlineException if a version is missing under which somebody was erased
     */
    void require() {
        var used = new TreeSet<Integer>();
        Key after = new Key(Key.Kind.IDENTIFIER, Pepper.KIND);
        for (var next = store.keys(Key.Kind.IDENTIFIER, after, 1);
                !next.isEmpty() && next.get(0).id().startsWith(Pepper.KIND);
                next = store.keys(Key.Kind.IDENTIFIER, after, 1)) {
            String id = next.get(0).id();
            String version = id.substring(Pepper.KIND.length(), id.indexOf(':'));
            used.add(Integer.valueOf(version));
            after = new Key(Key.Kind.IDENTIFIER, Pepper.KIND + version + ";"); // the character behind the colon
        }
        if (!pepper.versions().containsAll(used)) {
            throw new ThroughlineException("Throughline cannot be opened; people were erased under the versions " + used
                    + " of its secret: expected pepper(..) with all of them, has " + pepper.versions());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Profile;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Pepper;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.segment.SegmentsSlice;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leads touchpoints of the host's calls into the ring. */
final class Touchpoints {

    private static final List<String> ADDRESSES = List.of("email", "phone");

    private Touchpoints() {}

    /** Refuses what a host says to have received in the future: its clock or its unit is wrong. */
    static Touchpoint received(Touchpoint touchpoint, Instant now) {
        Instant latest = now.plus(Touchpoint.FUTURE_TOLERANCE);
        if (touchpoint.receivedAt().isAfter(latest)) {
            throw new ThroughlineException("touchpoint '" + touchpoint.id() + "' (" + touchpoint.name()
                    + "): received at " + touchpoint.receivedAt() + ", expected no later than " + latest
                    + ", five minutes from now");
        }
        return touchpoint;
    }

    /**
     * The way into the ring.
     *
     * @throws ThroughlineException if its only names are blocked, if it identifies somebody with traits, or carries a consent act, that
     *     nobody could read, or if an address is not in the one form under which its refusals are found
     */
    static Envelope envelope(Touchpoint said, IdentityRules rules) {
        Touchpoint touchpoint = rules.admitted(said);
        check(touchpoint);
        return new Envelope(Key.of(touchpoint.identity()), new Input.Happened(touchpoint), "", 0);
    }

    private static void check(Touchpoint touchpoint) {
        touchpoint.identities().forEach(Touchpoints::requireNormal);
        Profile.check(touchpoint);
        if (touchpoint.call() == Touchpoint.Call.CONSENT) {
            ConsentAct.from(touchpoint);
        }
    }

    /**
     * Refuses what no host could take, whatever its set-up says.
     *
     * @throws ThroughlineException if the touchpoint is unusable
     */
    static Touchpoint usable(Touchpoint touchpoint, Instant now) {
        check(received(unreserved(touchpoint), now));
        return touchpoint;
    }

    /** Refuses the names under which the library tells itself of segments. */
    static Touchpoint unreserved(Touchpoint touchpoint) {
        if (SegmentsSlice.isReserved(touchpoint.name())) {
            throw new ThroughlineException("touchpoint '" + touchpoint.id() + "' (" + touchpoint.name()
                    + "): only the library itself tells this event, expected another name");
        }
        return touchpoint;
    }

    private static void requireNormal(Identity identity) {
        if (identity.type().startsWith(Pepper.KIND)) {
            throw new ThroughlineException("identity " + Shown.of(identity.type())
                    + ": only the library itself names somebody so, expected another type");
        }
        if (ADDRESSES.contains(identity.type())) {
            String normal = Identity.of(identity.type(), identity.value()).value();
            if (!normal.equals(identity.value())) {
                throw new ThroughlineException("identity " + identity.type() + " '" + Shown.of(identity.value())
                        + "': expected the normal form '" + normal + "', which Identity." + identity.type() + " makes");
            }
        }
    }

    /**
     * A yes that names nobody is said to the only controller of this host, whichever host steps it; a no that names nobody binds
     * everybody.
     *
     * @throws ThroughlineException if it is a grant that names no controller, and there are several
     */
    static Touchpoint addressed(Touchpoint touchpoint, Set<String> controllers) {
        boolean named = !"".equals(touchpoint.properties().getOrDefault("controller", ""));
        if (touchpoint.call() != Touchpoint.Call.CONSENT || named || !(ConsentAct.from(touchpoint) instanceof Grant)) {
            return touchpoint;
        }
        if (controllers.size() != 1) {
            throw new ThroughlineException("touchpoint '" + touchpoint.id() + "' (" + touchpoint.name()
                    + "): names no controller, expected Grant.controller(..) with one of " + controllers);
        }
        var properties = new LinkedHashMap<String, @Nullable Object>(touchpoint.properties());
        properties.put("controller", controllers.iterator().next());
        return touchpoint.with(properties);
    }
}

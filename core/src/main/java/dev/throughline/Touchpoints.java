// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.customer.IdentifierState;
import dev.throughline.customer.IdentityRules;
import dev.throughline.customer.Profile;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes touchpoints of the host's calls. */
final class Touchpoints {

    private static final String SOURCE = "host";
    private static final List<String> ADDRESSES = List.of("email", "phone");

    private Touchpoints() {}

    record Stamp(String id, Instant now) {}

    static Touchpoint identify(Identity who, Map<String, ? extends @Nullable Object> traits, Stamp stamp) {
        var identities = new ArrayList<Identity>();
        identities.add(who);
        var normal = copy("identify", traits);
        for (String type : ADDRESSES) {
            Object address = traits.get(type);
            if (address != null) {
                Identity identity = address(who, type, address);
                identities.add(identity);
                normal.put(type, identity.value());
            }
        }
        return touchpoint(stamp, Touchpoint.Call.IDENTIFY, "identify", identities, normal);
    }

    private static Identity address(Identity who, String type, Object address) {
        String where = "identify of " + (who == null ? "nobody" : who.type()) + ", trait '" + type + "': ";
        if (!(address instanceof String text)) {
            throw new ThroughlineException(where + "a " + address.getClass().getName() + ", expected text such as "
                    + (type.equals("email") ? "mai@example.com" : "+84901234567"));
        }
        try {
            return Identity.of(type, text);
        } catch (ThroughlineException unreadable) {
            throw new ThroughlineException(where + unreadable.getMessage(), unreadable);
        }
    }

    static Touchpoint link(Identity who, Identity other, Stamp stamp) {
        return touchpoint(stamp, Touchpoint.Call.IDENTIFY, "identify", Arrays.asList(who, other), Map.of());
    }

    static Touchpoint track(
            Identity who, String event, Map<String, ? extends @Nullable Object> properties, Stamp stamp) {
        return touchpoint(stamp, Touchpoint.Call.TRACK, event, Collections.singletonList(who), properties);
    }

    static Touchpoint consent(Identity who, ConsentAct act, Stamp stamp) {
        return touchpoint(stamp, Touchpoint.Call.CONSENT, act.name(), Collections.singletonList(who), act.properties());
    }

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

    private static Map<String, @Nullable Object> copy(
            String name, @Nullable Map<String, ? extends @Nullable Object> properties) {
        if (properties == null) {
            throw new ThroughlineException(
                    "touchpoint (" + name + "): properties is missing, expected a map, which may be empty");
        }
        return new LinkedHashMap<>(properties);
    }

    /**
     * The way into the ring.
     *
     * @throws ThroughlineException if its only names are blocked, if it identifies somebody with traits, or carries a consent act, that nobody could read, or if an
     *     address is not in the one form under which its refusals are found
     */
    static Envelope envelope(Touchpoint said, IdentityRules rules) {
        Touchpoint touchpoint = rules.admitted(said);
        touchpoint.identities().forEach(Touchpoints::requireNormal);
        Profile.check(touchpoint);
        if (touchpoint.call() == Touchpoint.Call.CONSENT) {
            ConsentAct.from(touchpoint);
        }
        return new Envelope(Key.of(touchpoint.identity()), new Input.Happened(touchpoint), "", 0);
    }

    private static void requireNormal(Identity identity) {
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

    /** The customer who owns the identity whose state this is. */
    static @Nullable Key owner(@Nullable Object state) {
        var owner = state instanceof IdentifierState identifier ? identifier.owner() : null;
        return owner == null ? null : Key.of(owner);
    }

    private static Touchpoint touchpoint(
            Stamp stamp,
            Touchpoint.Call call,
            String name,
            List<Identity> identities,
            Map<String, ? extends @Nullable Object> properties) {
        return new Touchpoint(
                stamp.id, call, name, identities, stamp.now, stamp.now, copy(name, properties), SOURCE, Origin.LIVE);
    }
}

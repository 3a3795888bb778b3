// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * When two customers are one, and what becomes of their traits. Immutable and thread-safe.
 *
 * <p>The standard: a customer has one {@code userId} and one {@code loyaltyCard}, so that two people with a login or a card each stay
 * two, whatever they share; nobody who is known by name is joined to somebody else who is by a browser or device alone; values that
 * stand for "none", such as {@code userId:null}, name nobody.
 */
public final class IdentityRules {

    /** More than so many customers do not become one: what so many share is no person's name. */
    static final int MOST_COMPANY = 500;

    private static final Set<String> NOBODY = Set.of(
            "null",
            "nil",
            "none",
            "undefined",
            "unknown",
            "anonymous",
            "n/a",
            "na",
            "nan",
            "0",
            "-1",
            "true",
            "false",
            "[object object]",
            "00000000-0000-0000-0000-000000000000");

    private static final IdentityRules STANDARD =
            new IdentityRules(new TreeMap<>(Map.of("userId", 1, "loyaltyCard", 1)), new TreeMap<>(), new TreeMap<>());

    private final Map<String, Integer> limits;
    private final Map<String, Set<String>> blocked;
    private final Map<String, TraitRule> traits;

    private IdentityRules(
            Map<String, Integer> limits, Map<String, Set<String>> blocked, Map<String, TraitRule> traits) {
        this.limits = limits;
        this.blocked = blocked;
        this.traits = traits;
    }

    /**
     * The standard.
     *
     * @return the rules
     */
    public static IdentityRules standard() {
        return STANDARD;
    }

    /**
     * With a limit.
     *
     * @param type of which kind of identity, such as {@code email}
     * @param most how many a customer may have, from 1; she has 64 names all together
     * @return the changed rules
     * @throws ThroughlineException if it is less than 1 or more than 64
     */
    public IdentityRules limit(String type, int most) {
        Given.required("identity rules limit", "type", type);
        if (most < 1 || most > CustomerAggregate.MOST_NAMES) {
            throw new ThroughlineException("identity rules: limit of " + Shown.of(type) + " is " + most
                    + ", expected 1 to " + CustomerAggregate.MOST_NAMES);
        }
        var more = new TreeMap<>(limits);
        more.put(type, most);
        return new IdentityRules(more, blocked, traits);
    }

    /**
     * With values that are nobody's name: a kiosk's device, the address that clerks type when a customer has none.
     *
     * @param type of which kind of identity
     * @param values the values
     * @return the changed rules
     * @throws ThroughlineException if an address is none
     */
    public IdentityRules block(String type, String... values) {
        Given.required("identity rules block", "type", type);
        Given.all("identity rules block", "values", values);
        var more = new TreeMap<>(blocked);
        var all = new HashSet<>(more.getOrDefault(type, Set.of()));
        for (String value : values) {
            all.add(Identity.of(type, value).value());
        }
        more.put(type, Set.copyOf(all));
        return new IdentityRules(limits, more, traits);
    }

    /**
     * With a rule for a trait.
     *
     * @param name the trait
     * @param rule which of two values stays
     * @return the changed rules
     */
    public IdentityRules trait(String name, TraitRule rule) {
        Given.required("identity rules trait", "name", name);
        Given.required("identity rules trait", "rule", rule);
        var more = new TreeMap<>(traits);
        more.put(name, rule);
        return new IdentityRules(limits, blocked, more);
    }

    TraitRule trait(String name) {
        return traits.getOrDefault(name, TraitRule.LATEST);
    }

    /**
     * A touchpoint without names that are nobody's.
     *
     * @param touchpoint the touchpoint
     * @return the same if it has none of these
     * @throws ThroughlineException if it has no other
     */
    public Touchpoint admitted(Touchpoint touchpoint) {
        if (touchpoint.identities().stream().noneMatch(this::isBlocked)) {
            return touchpoint;
        }
        var named = touchpoint.identities().stream()
                .filter(identity -> !isBlocked(identity))
                .toList();
        if (named.isEmpty()) {
            throw new ThroughlineException("touchpoint '" + Shown.of(touchpoint.id()) + "' ("
                    + Shown.of(touchpoint.name()) + "): nobody is called "
                    + touchpoint.identities().get(0).type() + " '"
                    + Shown.of(touchpoint.identities().get(0).value()) + "', expected an identity of one person");
        }
        return touchpoint.under(named);
    }

    boolean isBlocked(Identity identity) {
        return (!isAddress(identity) && NOBODY.contains(identity.value().toLowerCase(Locale.ROOT)))
                || blocked.getOrDefault(identity.type(), Set.of()).contains(identity.value());
    }

    private static boolean isAddress(Identity identity) {
        return identity.type().equals("email") || identity.type().equals("phone");
    }

    /** Whether somebody of these names may have one more. */
    boolean hasRoomFor(Identity identity, Collection<Identity> names) {
        Integer most = limits.get(identity.type());
        return most == null
                || names.stream()
                                .filter(name -> name.type().equals(identity.type()))
                                .count()
                        < most;
    }

    /** Whether all these names may be one customer's. */
    boolean allow(Collection<Identity> names) {
        var numbers = new TreeMap<String, Integer>();
        names.forEach(name -> numbers.merge(name.type(), 1, Integer::sum));
        return limits.entrySet().stream()
                .allMatch(limit -> numbers.getOrDefault(limit.getKey(), 0) <= limit.getValue());
    }

    /** The limits, for a host that wants to see them. */
    @Override
    public String toString() {
        return "IdentityRules" + List.of(limits, traits);
    }
}

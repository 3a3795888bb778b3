// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a host reports about a consent. It enters the ring as a touchpoint of {@link Touchpoint.Call#CONSENT} with this name and
 * these properties, like everything else that happens.
 */
public sealed interface ConsentAct permits Grant, Withdrawal, Ending, Preference {

    /**
     * The touchpoint's name.
     *
     * @return such as {@code Consent Granted}
     */
    String name();

    /**
     * The touchpoint's properties.
     *
     * @return JSON-like values by name, sorted, unmodifiable
     */
    Map<String, Object> properties();

    /**
     * The purpose concerned.
     *
     * @return its name; empty for all purposes
     */
    String purpose();

    /**
     * The kinds of address that it is about.
     *
     * @return such as {@code phone}, sorted; those of all channels where the act names none
     */
    default Set<String> addressKinds() {
        var channels = ActFields.channels(properties());
        return (channels.isEmpty() ? Stream.of(Channel.EMAIL, Channel.SMS, Channel.PUSH) : channels.stream())
                .map(Channel::addressKind)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The ledger's lines of this act at one of the customer's addresses.
     *
     * @param address the address
     * @param occasion by what, for whom and when
     * @return one line for each channel of the address's kind, or one for all of them where the act names none; none if all its
     *     channels have other addresses
     */
    List<ConsentEvent> eventsAt(Address address, Occasion occasion);

    /**
     * Reads the act that a touchpoint carries.
     *
     * @param touchpoint a touchpoint of {@link Touchpoint.Call#CONSENT}
     * @return the act
     * @throws ThroughlineException if its name or a property is of no known form
     */
    static ConsentAct from(Touchpoint touchpoint) {
        var fields = ActFields.of(touchpoint);
        return switch (touchpoint.name()) {
            case Grant.GRANTED, Grant.CONFIRMED, Grant.RECONFIRMED ->
                new Grant(touchpoint.name(), fields.requirePurpose("a grant"));
            case Withdrawal.WITHDRAWN, Withdrawal.REFUSED, Withdrawal.OBJECTED ->
                new Withdrawal(touchpoint.name(), fields);
            case Ending.INVALIDATED, Ending.SUPERSEDED ->
                new Ending(touchpoint.name(), fields.requirePurpose("an ending"));
            case Preference.SET -> new Preference(fields.requirePurpose("a preference"));
            default ->
                throw new ThroughlineException("touchpoint '" + touchpoint.id() + "': consent act '"
                        + touchpoint.name() + "', expected one of " + Grant.GRANTED + ", " + Grant.CONFIRMED + ", "
                        + Grant.RECONFIRMED + ", " + Withdrawal.WITHDRAWN + ", " + Withdrawal.REFUSED + ", "
                        + Withdrawal.OBJECTED + ", " + Ending.INVALIDATED + ", " + Ending.SUPERSEDED + ", "
                        + Preference.SET);
        };
    }
}

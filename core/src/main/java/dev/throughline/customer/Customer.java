// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import java.util.List;
import java.util.Optional;

/**
 * One customer, as the rooms above see her. Immutable.
 *
 * @param id her id
 * @param profile what is known of her
 * @param identities the names that are hers, in the order in which she got them
 * @param asked names that she was seen under and whose owner is not known yet
 * @param contested names that she was seen under and that are another customer's
 */
public record Customer(
        CustomerId id, Profile profile, List<Identity> identities, List<Identity> asked, List<Identity> contested) {

    /** Copies the lists. */
    public Customer {
        identities = List.copyOf(identities);
        asked = List.copyOf(asked);
        contested = List.copyOf(contested);
    }

    /**
     * Where a channel reaches her: the address of its kind that her profile names, or else the one that she got last.
     *
     * @param channel the channel
     * @return the address, or empty if she has none or has removed the trait of its kind
     */
    public Optional<Address> addressOn(Channel channel) {
        String kind = channel.addressKind();
        if (profile.isRemoved(kind)) {
            return Optional.empty();
        }
        String named = profile.text(kind).orElse("");
        Identity last = null;
        for (Identity identity : identities) {
            if (identity.type().equals(kind)) {
                last = last != null && last.value().equals(named) ? last : identity;
            }
        }
        return last == null ? Optional.empty() : address(last);
    }

    /**
     * All her addresses.
     *
     * @return e-mail addresses, phone numbers and push tokens, in the order in which she got them
     */
    public List<Address> addresses() {
        return addresses(identities);
    }

    /**
     * Addresses that will be hers unless they turn out to be another's.
     *
     * @return those that are asked for
     */
    public List<Address> addressesAsked() {
        return addresses(asked);
    }

    /**
     * Addresses that she gave and that are another's: nothing is sent to her there, but a refusal of hers binds them.
     *
     * @return in the order in which she gave them
     */
    public List<Address> addressesContested() {
        return addresses(contested);
    }

    private static List<Address> addresses(List<Identity> names) {
        return names.stream().flatMap(identity -> address(identity).stream()).toList();
    }

    /** Whether an identity is one of the many that come and go. */
    static boolean isBrowser(Identity identity) {
        return identity.type().equals("anonymousId") || identity.type().equals("device");
    }

    /**
     * The address that an identity is, if it is one.
     *
     * @param identity the identity
     * @return the address; empty for logins, browsers, devices and cards
     */
    public static Optional<Address> address(Identity identity) {
        return switch (identity.type()) {
            case "userId", "anonymousId", "device", "loyaltyCard" -> Optional.empty();
            default -> Optional.of(new Address(identity.type(), identity.value()));
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Touchpoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One customer, as the rooms above see her. Immutable. */
public final class Customer {

    private final CustomerId id;
    private final Key key;
    private final Profile profile;
    private final List<Identity> identities;
    private final List<Identity> asked;
    private final List<Identity> contested;

    /** The contact points of those identities that were asked for. Two threads would make the same. */
    private final @Nullable Key[] contactPoints;

    /**
     * A customer.
     *
     * @param id her id
     * @param profile what is known of her
     * @param identities the names that are hers, in the order in which she got them
     * @param asked names that she was seen under and whose owner is not known yet
     * @param contested names that she was seen under and that are another customer's
     */
    public Customer(
            CustomerId id, Profile profile, List<Identity> identities, List<Identity> asked, List<Identity> contested) {
        this(id, Key.of(id), profile, identities, asked, contested);
    }

    private Customer(
            CustomerId id,
            Key key,
            Profile profile,
            List<Identity> identities,
            List<Identity> asked,
            List<Identity> contested) {
        this.id = id;
        this.key = key;
        this.profile = profile;
        this.identities = List.copyOf(identities);
        this.asked = List.copyOf(asked);
        this.contested = List.copyOf(contested);
        this.contactPoints = new Key[identities.size()];
    }

    /** One of whom nothing is known. */
    static Customer under(Key key) {
        return new Customer(CustomerId.parse(key.id()), key, Profile.EMPTY, List.of(), List.of(), List.of());
    }

    /**
     * The customer as she is once she has been identified.
     *
     * @param touchpoint what identifies her; its traits count
     * @param rules which of two values of a trait is kept
     * @return the changed customer
     */
    public Customer identifiedBy(Touchpoint touchpoint, IdentityRules rules) {
        return with(profile.with(touchpoint, rules::trait));
    }

    Customer with(Profile changed) {
        return new Customer(id, key, changed, identities, asked, contested);
    }

    Customer with(List<Identity> hers, List<Identity> openlyAsked, List<Identity> others) {
        return new Customer(id, key, profile, hers, openlyAsked, others);
    }

    /**
     * Names her.
     *
     * @return her id
     */
    public CustomerId id() {
        return id;
    }

    /**
     * Where her state is kept.
     *
     * @return her key
     */
    public Key key() {
        return key;
    }

    /**
     * What is known of her.
     *
     * @return her profile
     */
    public Profile profile() {
        return profile;
    }

    /**
     * The names that are hers.
     *
     * @return the identities, in the order in which she got them
     */
    public List<Identity> identities() {
        return identities;
    }

    /**
     * Names that she was seen under and whose owner is not known yet.
     *
     * @return the identities
     */
    public List<Identity> asked() {
        return asked;
    }

    /**
     * Names that she was seen under and that are another customer's.
     *
     * @return the identities
     */
    public List<Identity> contested() {
        return contested;
    }

    /**
     * Where a channel reaches her: the address of its kind that her profile names, or else the one that she got last.
     *
     * @param channel the channel
     * @return the address, or empty if she has none or has removed the trait of its kind
     */
    public Optional<Address> addressOn(Channel channel) {
        int place = placeOn(channel);
        return place < 0 ? Optional.empty() : address(identities.get(place));
    }

    /**
     * The contact point behind {@link #addressOn}.
     *
     * @param channel the channel
     * @return its key, or empty if the channel does not reach her
     */
    public Optional<Key> contactPointOn(Channel channel) {
        int place = placeOn(channel);
        if (place < 0) {
            return Optional.empty();
        }
        Key known = contactPoints[place];
        if (known == null) {
            known = address(identities.get(place)).map(Key::of).orElse(null);
            contactPoints[place] = known;
        }
        return Optional.ofNullable(known);
    }

    /** Where the identity stands by which a channel reaches her, or -1. */
    private int placeOn(Channel channel) {
        String kind = channel.addressKind();
        if (profile.isRemoved(kind)) {
            return -1;
        }
        String named = profile.text(kind).orElse("");
        int last = -1;
        for (int i = 0; i < identities.size(); i++) {
            if (identities.get(i).type().equals(kind)) {
                last = last >= 0 && identities.get(last).value().equals(named) ? last : i;
            }
        }
        return last;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Customer customer
                && id.equals(customer.id)
                && profile.equals(customer.profile)
                && identities.equals(customer.identities)
                && asked.equals(customer.asked)
                && contested.equals(customer.contested);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Customer[id=" + id + ", profile=" + profile + ", identities=" + identities + ", asked=" + asked
                + ", contested=" + contested + "]";
    }
}

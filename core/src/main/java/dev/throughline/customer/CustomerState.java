// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A customer as she is stored.
 *
 * @param customer what the rooms above see: identities that are hers, profile
 * @param names all names under which she was seen, those that are another customer's among them
 * @param slices the parts of the rooms above, in the order in which they are registered
 * @param unknown fields of a newer version
 */
public record CustomerState(Customer customer, List<Name> names, List<Object> slices, byte[] unknown) {

    /** Copies the lists. */
    public CustomerState {
        names = List.copyOf(names);
        slices = List.copyOf(slices);
    }

    /**
     * A name under which the customer was seen.
     *
     * @param identity the name
     * @param standing whose it is
     */
    public record Name(Identity identity, Standing standing) {
        static final Codec<Name> CODEC = Codec.of(
                (name, out) -> {
                    out.nested(1, Identity.CODEC, name.identity);
                    out.constant(2, name.standing);
                },
                in -> new Name(in.nested(1, Identity.CODEC), in.constant(2, Standing.ASKED)));
    }

    /** Whose a name is. */
    public enum Standing {
        /** Asked for, not answered. */
        ASKED,
        /** Hers. */
        OWNED,
        /** Another customer's. */
        CONTESTED
    }

    CustomerState with(Name name) {
        var more = new ArrayList<Name>(names.size() + 1);
        for (Name known : names) {
            if (!known.identity.equals(name.identity)) {
                more.add(known);
            }
        }
        more.add(name);
        return new CustomerState(customer(customer, more), more, slices, unknown);
    }

    /**
     * With less than so many names, if that can be: the browser or device that she got first is forgotten, or else the first login
     * or card that is another customer's. Whose a name is, it knows itself; if it is seen again, it is hers again. No address is
     * forgotten, because what she refuses has to reach all of them.
     */
    CustomerState withRoom(int most) {
        if (names.size() < most) {
            return this;
        }
        var fewer = new ArrayList<>(names);
        Stream.<Predicate<Name>>of(
                        name -> Customer.isBrowser(name.identity),
                        name -> name.standing == Standing.CONTESTED
                                && Customer.address(name.identity).isEmpty())
                .flatMap(least -> names.stream().filter(least))
                .findFirst()
                .ifPresent(fewer::remove);
        return new CustomerState(customer(customer, fewer), fewer, slices, unknown);
    }

    CustomerState with(Profile profile) {
        return new CustomerState(customer.with(profile), names, slices, unknown);
    }

    CustomerState with(List<Object> newSlices) {
        return new CustomerState(customer, names, newSlices, unknown);
    }

    static Customer customer(Customer before, List<Name> names) {
        return before.with(of(names, Standing.OWNED), of(names, Standing.ASKED), of(names, Standing.CONTESTED));
    }

    private static List<Identity> of(List<Name> names, Standing standing) {
        List<Identity> identities = List.of();
        for (Name name : names) {
            if (name.standing == standing) {
                identities = identities.isEmpty() ? new ArrayList<>(names.size()) : identities;
                identities.add(name.identity);
            }
        }
        return identities;
    }

    boolean knows(Identity identity) {
        for (Name name : names) {
            if (name.identity.equals(identity)) {
                return true;
            }
        }
        return false;
    }

    CustomerId id() {
        return customer.id();
    }
}

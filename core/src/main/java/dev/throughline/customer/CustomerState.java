// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A customer as she is stored. Immutable. */
public final class CustomerState {

    private final Customer customer;
    private final List<Name> names;
    private final List<Object> slices;
    private final Merging merging;
    private final byte[] unknown;

    /**
     * A customer.
     *
     * @param customer what the rooms above see: identities that are hers, profile
     * @param names all names under which she was seen, those that are another customer's among them
     * @param slices the parts of the rooms above, in the order in which they are registered
     * @param merging how far she is in becoming one with others
     * @param unknown fields of a newer version
     */
    CustomerState(Customer customer, List<Name> names, List<Object> slices, Merging merging, byte[] unknown) {
        this.customer = customer;
        this.names = List.copyOf(names);
        this.slices = List.copyOf(slices);
        this.merging = merging;
        this.unknown = unknown;
    }

    /**
     * A name under which the customer was seen.
     *
     * @param identity the name
     * @param standing whose it is
     * @param since when she was first seen under it, in milliseconds since 1970
     * @param epoch how often the name has been split off from a customer
     * @param owner who had it when it was found to be another's, or to whom it was given back; {@code null} if it is neither
     */
    public record Name(
            Identity identity,
            Standing standing,
            long since,
            int epoch,
            @Nullable CustomerId owner) {
        static final Codec<Name> CODEC = Codec.of(
                (name, out) -> {
                    out.nested(1, Identity.CODEC, name.identity);
                    out.constant(2, name.standing);
                    out.number(3, name.since);
                    out.number(4, name.epoch);
                    out.string(5, name.owner == null ? null : name.owner.toString());
                },
                in -> {
                    String owner = in.stringOrNull(5);
                    return new Name(
                            in.nested(1, Identity.CODEC),
                            in.constant(2, Standing.ASKED),
                            in.number(3),
                            (int) in.number(4),
                            owner == null ? null : CustomerId.parse(owner));
                });

        /** One that is asked for. */
        Name(Identity identity, long since, int epoch) {
            this(identity, Standing.ASKED, since, epoch, null);
        }

        Name asked() {
            return new Name(identity, since, epoch);
        }

        /** Asked for once more, though she knows whose it was. */
        Name askedAgain() {
            return new Name(identity, Standing.ASKED, since, epoch, owner);
        }

        Name owned() {
            return new Name(identity, Standing.OWNED, since, epoch, null);
        }

        Name contestedBy(CustomerId other) {
            return new Name(identity, Standing.CONTESTED, since, epoch, other);
        }

        /** Somebody else's, who has got it back. */
        Name releasedTo(CustomerId other) {
            return new Name(identity, Standing.RELEASED, since, epoch, other);
        }

        Name in(int later) {
            return new Name(identity, standing, since, later, owner);
        }
    }

    /** Whose a name is. */
    public enum Standing {
        /** Asked for, not answered. */
        ASKED,
        /** Hers. */
        OWNED,
        /** Another customer's. */
        CONTESTED,
        /** Was hers until another customer was split off, whose it is. */
        RELEASED
    }

    /**
     * What the rooms above see.
     *
     * @return the customer
     */
    public Customer customer() {
        return customer;
    }

    /**
     * All names under which she was seen, those that are another customer's among them.
     *
     * @return the names, in the order in which she got them
     */
    public List<Name> names() {
        return names;
    }

    /**
     * The parts of the rooms above.
     *
     * @return in the order in which they are registered
     */
    public List<Object> slices() {
        return slices;
    }

    /**
     * The part of one room above.
     *
     * @param <T> the part
     * @param type its class
     * @return the part; empty if no room has one of this class
     */
    public <T> Optional<T> part(Class<T> type) {
        return slices.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * Who has absorbed her.
     *
     * @return the survivor, who may have been absorbed herself since; empty if she is on her own
     */
    public Optional<CustomerId> survivor() {
        return merging.isMerged() ? Optional.ofNullable(merging.with()) : Optional.empty();
    }

    /**
     * Whether she was erased: what was known of her is gone, and what still comes for her leads nowhere.
     *
     * @return whether only her id is left
     */
    public boolean isErased() {
        return merging.phase() == Merging.Phase.ERASED;
    }

    /**
     * Whom she has absorbed, and they before her, but for who was split off since: their lines in the logs are hers. Who begins again
     * after a split has the id under which she was absorbed here.
     *
     * @return the ids, the oldest first
     */
    public List<CustomerId> absorbed() {
        return merging.united();
    }

    /**
     * Whether she was absorbed so lately that the two can be split again.
     *
     * @return whether what she has handed over is kept still
     */
    public boolean canBeSplitOff() {
        return merging.handedOver() != null;
    }

    Merging merging() {
        return merging;
    }

    byte[] unknown() {
        return unknown;
    }

    /** With a name, at its place in the order of time; what is known of it already is replaced. */
    CustomerState with(Name name) {
        var more = new ArrayList<Name>(names.size() + 1);
        int place = 0;
        for (Name known : names) {
            if (!known.identity.equals(name.identity)) {
                more.add(known);
                place = known.since <= name.since ? more.size() : place;
            }
        }
        more.add(place, name);
        return with(customer.profile(), more);
    }

    /** What is known of a name. */
    Optional<Name> name(Identity identity) {
        return names.stream().filter(name -> name.identity.equals(identity)).findFirst();
    }

    /**
     * With less than so many names, if that can be: the browser or device that she got first is forgotten, or else the first login
     * or card that is another customer's. Whose a name is, it knows itself; if it is seen again, it is hers again. No address is
     * forgotten, because what she refuses has to reach all of them.
     */
    CustomerState withRoom(int most) {
        var state = this;
        while (state.names.size() >= most) {
            var least = state.least();
            if (least.isEmpty()) {
                return state;
            }
            var fewer = new ArrayList<>(state.names);
            fewer.remove(least.get());
            state = state.with(state.customer.profile(), fewer);
        }
        return state;
    }

    private Optional<Name> least() {
        return Stream.<Predicate<Name>>of(
                        name -> name.standing == Standing.RELEASED,
                        name -> Customer.isBrowser(name.identity),
                        name -> name.standing == Standing.CONTESTED
                                && Customer.address(name.identity).isEmpty())
                .flatMap(dispensable -> names.stream().filter(dispensable))
                .findFirst();
    }

    CustomerState with(Profile profile) {
        return new CustomerState(customer.with(profile), names, slices, merging, unknown);
    }

    CustomerState with(Profile profile, Collection<Name> others) {
        var all = List.copyOf(others);
        return new CustomerState(named(customer.with(profile), all), all, slices, merging, unknown);
    }

    CustomerState with(List<Object> newSlices) {
        return new CustomerState(customer, names, newSlices, merging, unknown);
    }

    CustomerState with(Merging changed) {
        return new CustomerState(customer, names, slices, changed, unknown);
    }

    static Customer named(Customer before, List<Name> names) {
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

    /** Whose a name is; null if she was never seen under it. */
    @Nullable
    Standing standing(Identity identity) {
        for (Name name : names) {
            if (name.identity.equals(identity)) {
                return name.standing;
            }
        }
        return null;
    }

    CustomerId id() {
        return customer.id();
    }
}

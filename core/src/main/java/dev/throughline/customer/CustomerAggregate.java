// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.CustomerState.Name;
import dev.throughline.customer.CustomerState.Standing;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Redrive;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The step of a customer: keeps identities and profile, and hands every input to the slices in the order in which they are
 * registered. Two customers who turn out to be one become one; see {@link Merge}. Immutable and thread-safe.
 */
public final class CustomerAggregate implements Aggregate<CustomerState> {

    static final int MOST_NAMES = 64;

    private static final byte[] NO_UNKNOWN = {};

    private final Slices slices;
    private final IdentityRules rules;
    private final CustomerCodec codec;
    private final Stitching stitching;
    private final Erasing erasing;

    /**
     * A customer made of some slices.
     *
     * @param slices the slices, in the order in which they see an input
     * @param rules when two customers are one
     * @param payloads all payload types
     */
    public CustomerAggregate(List<? extends Slice<?>> slices, IdentityRules rules, Codec<Payload> payloads) {
        this.slices = new Slices(slices);
        this.rules = rules;
        this.codec = new CustomerCodec(this.slices.list(), payloads);
        this.stitching = new Stitching(this, rules, new Union(this.slices, rules));
        this.erasing = new Erasing(this, this.slices);
    }

    @Override
    public CustomerState initial(Key key) {
        return new CustomerState(Customer.under(key), List.of(), slices.blank(), Merging.NONE, NO_UNKNOWN);
    }

    @Override
    public CustomerState apply(CustomerState state, Input input, Instant now, Effects out) {
        if (state.isErased()) {
            return erasing.late(state, input, now, out);
        }
        if (erasing.isFor(state, input)) {
            return erasing.apply(state, input, now, out);
        }
        if (state.merging().isMerged()) {
            return stitching.pointed(state, input, now, out);
        }
        if (input instanceof Input.Received received && received.payload() instanceof Redrive redrive) {
            return redriven(state, received, redrive, now, out);
        }
        if (!(input instanceof Input.Told told)) {
            return slices.apply(state, input, now, out);
        }
        if (told.payload() instanceof Observed observed) {
            return observed(state, told, observed.touchpoint(), now, out);
        }
        if (told.payload() instanceof Claim claim) {
            return claimed(state, told, claim, now, out);
        }
        return told.payload() instanceof Merge
                ? stitching.told(state, told, now, out)
                : slices.apply(state, input, now, out);
    }

    /** Who is absorbed waits for nothing but to be forgotten; when that is is kept by the timer alone. */
    @Override
    public Outstanding outstanding(CustomerState state, Instant now) {
        if (state.isErased()) {
            return Outstanding.NOTHING;
        }
        if (state.merging().isMerged()) {
            return state.merging().handedOver() == null ? Outstanding.NOTHING : stitching.forgetting(now);
        }
        var out = new Effects();
        slices.timers(state, now, out);
        return Outstanding.of(out);
    }

    @Override
    public Codec<CustomerState> codec() {
        return codec;
    }

    /** What is made of her past is made anew once she is stepped next. */
    private CustomerState redriven(
            CustomerState state, Input.Received input, Redrive redrive, Instant now, Effects out) {
        out.append(Entry.of(Entry.Log.TIMELINE, state.customer().key().id(), now, redrive));
        slices.timers(state, now, out);
        state.names().stream()
                .map(name -> Customer.address(name.identity()))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(address -> out.tell(Key.of(address), redrive));
        return slices.apply(state, input, now, out);
    }

    private CustomerState observed(
            CustomerState state, Input.Told input, Touchpoint touchpoint, Instant now, Effects out) {
        if (stitching.passesOn(state, input, touchpoint, out)) {
            return state;
        }
        out.append(new Entry(
                Entry.Log.TIMELINE,
                state.customer().key().id(),
                touchpoint.id(),
                touchpoint.receivedAt(),
                input.payload()));
        var known = described(state, touchpoint);
        for (Identity identity : touchpoint.identities()) {
            if (isNew(identity, touchpoint, known)) {
                known = known.withRoom(MOST_NAMES);
                known = known.names().size() < MOST_NAMES ? named(known, identity, touchpoint, now, out) : known;
            }
        }
        return slices.apply(known, input, now, out);
    }

    private CustomerState described(CustomerState state, Touchpoint touchpoint) {
        return switch (touchpoint.call()) {
            case IDENTIFY -> state.with(state.customer().profile().with(touchpoint, rules::trait));
            case GROUP -> state.with(state.customer().profile().in(touchpoint));
            default -> state;
        };
    }

    /** Also a name that she has given back; and by the host's own word one that was found to be another's. */
    private static boolean isNew(Identity identity, Touchpoint touchpoint, CustomerState state) {
        var standing = state.standing(identity);
        return standing == null
                || standing == Standing.RELEASED
                || (touchpoint.call() == Touchpoint.Call.ALIAS && standing != Standing.OWNED);
    }

    /**
     * The identity that brought the touchpoint here is hers already; for the others she asks. Who has absorbed somebody asks for all: it
     * may have come by a way that leads elsewhere since a split.
     */
    private CustomerState named(
            CustomerState before, Identity identity, Touchpoint touchpoint, Instant now, Effects out) {
        boolean hers = identity.equals(touchpoint.identity());
        var tie = Tie.of(identity, touchpoint);
        if (!hers && tie != Tie.STATED && !stitching.hasRoomFor(identity, before)) {
            return before;
        }
        var profile = before.customer().profile();
        var state = profile.isRemoved(identity.type()) ? before.with(profile.restored(identity.type())) : before;
        var name = new Name(identity, touchpoint.occurredAt().toEpochMilli(), 0);
        if (hers && state.merging().absorbed().isEmpty()) {
            return owned(state, name, touchpoint.id(), now, out);
        }
        out.tell(Key.of(identity), new Claim(identity, state.id(), tie, 0));
        return state.with(state.name(identity).map(Name::askedAgain).orElse(name));
    }

    /** The answer of an identity, which may not have heard yet of a split that she has heard of. */
    private CustomerState claimed(CustomerState state, Input.Told input, Claim claim, Instant now, Effects out) {
        var name = state.name(claim.identity()).orElseGet(() -> new Name(claim.identity(), now.toEpochMilli(), 0));
        if (name.standing() == Standing.OWNED || name.standing() == Standing.RELEASED) {
            return state;
        }
        var known = name.owner();
        return known != null && claim.epoch() < name.epoch()
                ? contested(state, input, new Claim(claim.identity(), known, claim.tie(), name.epoch()), now, out)
                : answered(state, input, name.in(claim.epoch()), now, out);
    }

    /** Who has been absorbed owns nothing any more; whether the identity is for her or for another who takes her place, it says itself. */
    private CustomerState answered(CustomerState state, Input.Told input, Name name, Instant now, Effects out) {
        var claim = (Claim) input.payload();
        if (claim.owner().equals(state.id())) {
            return owned(state, name, input.id(), now, out);
        }
        if (state.absorbed().contains(claim.owner())) {
            out.tell(Key.of(name.identity()), new Claim(name.identity(), state.id(), claim.tie(), 0, claim.owner()));
            return state.with(name.asked());
        }
        return contested(state, input, claim, now, out);
    }

    private CustomerState contested(CustomerState state, Input.Told input, Claim claim, Instant now, Effects out) {
        var name = state.name(claim.identity()).orElseGet(() -> new Name(claim.identity(), now.toEpochMilli(), 0));
        var known = state.with(name.in(claim.epoch()).contestedBy(claim.owner()));
        var heard = new Input.Told(input.id(), input.from(), claim);
        return stitching.met(slices.apply(known, heard, now, out), claim, out);
    }

    private CustomerState owned(CustomerState state, Name name, String cause, Instant now, Effects out) {
        var known = state.with(name.owned());
        var address = Customer.address(name.identity());
        if (address.isEmpty()) {
            return known;
        }
        var linked = new Linked(state.id(), address.get(), null, null, name.epoch());
        out.tell(Key.of(address.get()), linked);
        return slices.apply(known, new Input.Told(cause, state.customer().key(), linked), now, out);
    }
}

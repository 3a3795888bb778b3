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
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The step of a customer: keeps identities and profile, and hands every input to the slices in the order in which they are
 * registered. Immutable and thread-safe.
 */
public final class CustomerAggregate implements Aggregate<CustomerState> {

    private static final int MOST_NAMES = 64;

    private static final byte[] NO_UNKNOWN = {};

    private final List<Slice<Object>> slices;
    private final List<Object> blank;

    /**
     * A customer made of some slices.
     *
     * @param slices the slices, in the order in which they see an input
     */
    @SuppressWarnings("unchecked") // each slice is only ever given its own part
    public CustomerAggregate(List<? extends Slice<?>> slices) {
        this.slices = slices.stream().map(slice -> (Slice<Object>) slice).toList();
        this.blank = this.slices.stream().map(Slice::initial).toList();
    }

    @Override
    public CustomerState initial(Key key) {
        return new CustomerState(Customer.under(key), List.of(), blank, NO_UNKNOWN);
    }

    @Override
    public CustomerState apply(CustomerState state, Input input, Instant now, Effects out) {
        if (input instanceof Input.Told told && told.payload() instanceof Observed observed) {
            return observed(state, told, observed.touchpoint(), now, out);
        }
        if (input instanceof Input.Told told && told.payload() instanceof Claim claim) {
            return claimed(state, told, claim, now, out);
        }
        return sliced(state, input, now, out);
    }

    @Override
    public Codec<CustomerState> codec() {
        return new CustomerCodec(slices);
    }

    private CustomerState observed(
            CustomerState state, Input.Told input, Touchpoint touchpoint, Instant now, Effects out) {
        out.append(new Entry(
                Entry.Log.TIMELINE,
                state.customer().key().id(),
                touchpoint.id(),
                touchpoint.receivedAt(),
                input.payload()));
        var known = touchpoint.call() == Touchpoint.Call.IDENTIFY
                ? state.with(state.customer().profile().with(touchpoint.properties()))
                : state;
        for (Identity identity : touchpoint.identities()) {
            if (!known.knows(identity)) {
                known = known.withRoom(MOST_NAMES);
                known = known.names().size() < MOST_NAMES ? named(known, identity, touchpoint, now, out) : known;
            }
        }
        return sliced(known, input, now, out);
    }

    /** The identity that brought the touchpoint here is hers already; for the others she asks. */
    private CustomerState named(
            CustomerState before, Identity identity, Touchpoint touchpoint, Instant now, Effects out) {
        var profile = before.customer().profile();
        var state = profile.isRemoved(identity.type()) ? before.with(profile.restored(identity.type())) : before;
        if (identity.equals(touchpoint.identity())) {
            return owned(state, identity, touchpoint.id(), now, out);
        }
        out.tell(Key.of(identity), new Claim(identity, state.id()));
        return state.with(new Name(identity, Standing.ASKED));
    }

    private CustomerState claimed(CustomerState state, Input input, Claim claim, Instant now, Effects out) {
        if (!claim.owner().equals(state.id())) {
            return sliced(state.with(new Name(claim.identity(), Standing.CONTESTED)), input, now, out);
        }
        return state.customer().identities().contains(claim.identity())
                ? state
                : owned(state, claim.identity(), input.id(), now, out);
    }

    private CustomerState owned(CustomerState state, Identity identity, String cause, Instant now, Effects out) {
        var known = state.with(new Name(identity, Standing.OWNED));
        var address = Customer.address(identity);
        if (address.isEmpty()) {
            return known;
        }
        var linked = new Linked(state.id(), address.get());
        out.tell(Key.of(address.get()), linked);
        return sliced(known, new Input.Told(cause, state.customer().key(), linked), now, out);
    }

    private CustomerState sliced(CustomerState state, Input input, Instant now, Effects out) {
        var parts = new Parts(state.slices());
        var context = new Context(state.customer(), parts, now);
        for (int i = 0; i < slices.size(); i++) {
            var slice = slices.get(i);
            if (!(input instanceof Input.Due due) || due.timer().startsWith(slice.name())) {
                parts.set(i, slice.apply(parts.seen.get(i), context, input, out));
            }
        }
        return parts.changed ? state.with(parts.seen) : state;
    }

    /** The parts as the slices so far have left them; copied with the first that changes. */
    private final class Parts implements Context.Parts {
        private List<Object> seen;
        private boolean changed;

        Parts(List<Object> before) {
            this.seen = before;
        }

        void set(int index, Object after) {
            if (after == seen.get(index)) {
                return;
            }
            if (!changed) {
                seen = new ArrayList<>(seen);
                changed = true;
            }
            seen.set(index, after);
        }

        @Override
        @SuppressWarnings("unchecked") // a slice's part is what the slice made
        public <T> T of(Slice<T> slice) {
            return (T) seen.get(slices.indexOf(slice));
        }
    }
}

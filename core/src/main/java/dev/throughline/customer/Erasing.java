// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.customer.Merge.Forward;
import dev.throughline.customer.Merging.Phase;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a customer is erased: she tells her names and whom she has absorbed, and is from then on an id that leads nowhere. What comes late by
 * a name that has not heard of it yet tells that name once more, so that nothing brings her back. Immutable and thread-safe.
 */
final class Erasing {

    private final CustomerAggregate aggregate;
    private final Slices slices;

    Erasing(CustomerAggregate aggregate, Slices slices) {
        this.aggregate = aggregate;
        this.slices = slices;
    }

    /** A pointer passes on that she is to be erased, and is itself told to go by who has absorbed her. */
    boolean isFor(CustomerState state, Input input) {
        Payload payload = payload(input);
        return payload instanceof Forget
                || (payload instanceof Erase && !(state.merging().isMerged() && input instanceof Input.Told));
    }

    CustomerState apply(CustomerState state, Input input, Instant now, Effects out) {
        return payload(input) instanceof Erase erase
                ? erase(state, erase, now, out)
                : state.merging().isMerged() ? gone(state, out) : state;
    }

    private CustomerState erase(CustomerState state, Erase erase, Instant now, Effects out) {
        Key key = state.customer().key();
        if (state.merging().isMerged()) {
            out.tell(Key.of(Stitching.survivor(state)), new Forward(key, erase, List.of(state.id())));
            return state;
        }
        if (state.merging().phase()
                == Phase.PROPOSED) { // whoever was asked keeps her names until she has come or was refused
            return state.with(state.merging().parking(new Forward(key, erase, List.of())));
        }
        return erased(state, erase, now, out);
    }

    private CustomerState erased(CustomerState state, Erase erase, Instant now, Effects out) {
        slices.handedOver(state, out);
        var whose = ids(state);
        var names = new ArrayList<Identity>();
        state.names().forEach(name -> names.add(name.identity()));
        names.addAll(erase.also());
        names.stream().distinct().forEach(name -> out.tell(Key.of(name), new Forget(name, whose, now)));
        whose.stream()
                .filter(id -> !id.equals(state.id()))
                .forEach(id -> out.tell(Key.of(id), new Forget(null, whose, now)));
        var gone = gone(state, out);
        out.append(Entry.of(Entry.Log.TIMELINE, state.id().toString(), now, new ErasureNote(erase.who(), erase.why())));
        return gone;
    }

    private CustomerState gone(CustomerState state, Effects out) {
        out.erase("", false);
        return aggregate.initial(state.customer().key()).with(Merging.GONE);
    }

    /** Of somebody who is erased: whoever still takes her for somebody hears that she is not. */
    CustomerState late(CustomerState state, Input input, Instant now, Effects out) {
        Payload payload = payload(input);
        while (payload instanceof Forward forward) {
            payload = forward.payload();
        }
        if (payload instanceof Observed observed) {
            forget(state, observed.touchpoint().identity(), now, out);
        } else if (payload instanceof Claim claim && claim.owner().equals(state.id())) {
            forget(state, claim.identity(), now, out);
        } else if (payload instanceof Merge.Proposal proposal) {
            out.tell(Key.of(proposal.by()), new Merge.Answer(state.id(), proposal.round(), false));
        } else if (payload instanceof Merge.Absorb absorb) {
            came(state, aggregate.codec().decode(absorb.snapshot()), now, out);
        }
        return state;
    }

    /** She had promised a place to somebody, who is the same person. */
    private static void came(CustomerState state, CustomerState other, Instant now, Effects out) {
        var whose = new ArrayList<>(ids(other));
        whose.add(state.id());
        other.names().forEach(name -> out.tell(Key.of(name.identity()), new Forget(name.identity(), whose, now)));
        ids(other).forEach(id -> out.tell(Key.of(id), new Forget(null, whose, now)));
    }

    private static void forget(CustomerState state, Identity name, Instant now, Effects out) {
        out.tell(Key.of(name), new Forget(name, List.of(state.id()), now));
    }

    private static List<CustomerId> ids(CustomerState state) {
        var ids = new ArrayList<>(state.absorbed());
        ids.add(state.id());
        return List.copyOf(ids);
    }

    private static @Nullable Payload payload(Input input) {
        if (input instanceof Input.Received received) {
            return received.payload();
        }
        return input instanceof Input.Told told ? told.payload() : null;
    }
}

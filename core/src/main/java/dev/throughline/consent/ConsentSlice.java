// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.customer.Context;
import dev.throughline.customer.Linked;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.identity.Address;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a customer's consent acts to her contact points: a grant to the addresses that she has, a refusal also to those that she
 * gets later. Immutable and thread-safe.
 */
public final class ConsentSlice implements Slice<ConsentSlice.Acts> {

    private static final int MOST_REFUSALS = 32;

    private final String controller;

    /**
     * Acts towards a controller unless they name another.
     *
     * @param controller the controller's name
     */
    public ConsentSlice(String controller) {
        this.controller = controller;
    }

    /**
     * The acts that are still to be brought somewhere.
     *
     * @param refusals refusals, for addresses to come
     * @param awaiting acts for addresses that are not surely hers yet
     * @param unknown fields of a newer version
     */
    public record Acts(List<Touchpoint> refusals, List<Awaiting> awaiting, byte[] unknown) {

        private static final Codec<Acts> CODEC = Codec.of(
                (acts, out) -> {
                    out.each(1, Touchpoint.CODEC, acts.refusals);
                    out.each(2, Awaiting.CODEC, acts.awaiting);
                    out.raw(acts.unknown);
                },
                in -> new Acts(in.each(1, Touchpoint.CODEC), in.each(2, Awaiting.CODEC), in.above(2)));
    }

    /**
     * An act for an address.
     *
     * @param address the address
     * @param act the act
     */
    public record Awaiting(Address address, Touchpoint act) {
        private static final Codec<Awaiting> CODEC = Codec.of(
                (awaiting, out) -> {
                    out.string(1, awaiting.address.toString());
                    out.nested(2, Touchpoint.CODEC, awaiting.act);
                },
                in -> new Awaiting(Address.parse(in.string(1)), in.nested(2, Touchpoint.CODEC)));
    }

    @Override
    public String name() {
        return "consent";
    }

    @Override
    public Acts initial() {
        return new Acts(List.of(), List.of(), new byte[0]);
    }

    @Override
    public Acts apply(Acts state, Context context, Input input, Effects out) {
        if (!(input instanceof Input.Told told)) {
            return state;
        }
        if (told.payload() instanceof Observed observed && observed.touchpoint().call() == Touchpoint.Call.CONSENT) {
            return acted(state, observed.touchpoint(), context, out);
        }
        return told.payload() instanceof Linked linked ? linked(state, linked.address(), context, out) : state;
    }

    @Override
    public Codec<Acts> codec() {
        return Acts.CODEC;
    }

    private Acts acted(Acts state, Touchpoint act, Context context, Effects out) {
        for (Address address : context.customer().addresses()) {
            tell(address, act, context, out);
        }
        var awaiting = new ArrayList<>(state.awaiting);
        context.customer().addressesAsked().forEach(address -> awaiting.add(new Awaiting(address, act)));
        var refusals = new ArrayList<>(state.refusals);
        if (ConsentAct.from(act) instanceof Withdrawal) {
            refusals.add(act);
        }
        int from = Math.max(0, refusals.size() - MOST_REFUSALS);
        return new Acts(List.copyOf(refusals.subList(from, refusals.size())), awaiting, state.unknown);
    }

    private Acts linked(Acts state, Address address, Context context, Effects out) {
        for (Touchpoint refusal : state.refusals) {
            tell(address, refusal, context, out);
        }
        var left = new ArrayList<Awaiting>();
        for (Awaiting awaiting : state.awaiting) {
            if (!awaiting.address.equals(address)) {
                left.add(awaiting);
            } else if (!state.refusals.contains(awaiting.act)) {
                tell(address, awaiting.act, context, out);
            }
        }
        return left.size() == state.awaiting.size() ? state : new Acts(state.refusals, left, state.unknown);
    }

    private void tell(Address address, Touchpoint act, Context context, Effects out) {
        var occasion = Occasion.of(act, context.customer().id(), controller);
        ConsentAct.from(act).eventsAt(address, occasion).forEach(event -> out.tell(Key.of(address), event));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.customer.Claim;
import dev.throughline.customer.Context;
import dev.throughline.customer.Customer;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings a customer's consent acts to her contact points: a grant to the addresses that she has, or to the first of a kind of
 * which she has none; a refusal to all that she ever gets, and to those that she gives and that turn out to be another
 * customer's: the same person may be known twice. Immutable and thread-safe.
 */
public final class ConsentSlice implements Slice<ConsentSlice.Acts> {

    private static final int MOST_KEPT = 32;
    private static final int MOST_REFUSALS = 64;
    private static final List<String> REACH =
            List.of("purpose", "channels", "topic", "controller", "brand", "agreements");
    private static final Set<String> NARROWING = Set.of("topic", "controller", "brand");

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
     * @param refusals refusals, for addresses to come: the latest of each reach
     * @param awaiting acts for addresses that are not surely hers yet
     * @param unplaced grants for the first address of a kind
     * @param unknown fields of a newer version
     */
    public record Acts(List<Touchpoint> refusals, List<Awaiting> awaiting, List<Unplaced> unplaced, byte[] unknown) {

        private static final Codec<Acts> CODEC = Codec.of(
                (acts, out) -> {
                    out.each(1, Touchpoint.CODEC, acts.refusals);
                    out.each(2, Awaiting.CODEC, acts.awaiting);
                    out.each(3, Unplaced.CODEC, acts.unplaced);
                    out.raw(acts.unknown);
                },
                in -> new Acts(
                        in.each(1, Touchpoint.CODEC),
                        in.each(2, Awaiting.CODEC),
                        in.each(3, Unplaced.CODEC),
                        in.above(3)));
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

    /**
     * A grant that was made before there was an address for it.
     *
     * @param kind the kind of address
     * @param act the grant
     */
    public record Unplaced(String kind, Touchpoint act) {
        private static final Codec<Unplaced> CODEC = Codec.of(
                (unplaced, out) -> {
                    out.string(1, unplaced.kind);
                    out.nested(2, Touchpoint.CODEC, unplaced.act);
                },
                in -> new Unplaced(in.string(1), in.nested(2, Touchpoint.CODEC)));
    }

    @Override
    public String name() {
        return "consent";
    }

    @Override
    public Acts initial() {
        return new Acts(List.of(), List.of(), List.of(), new byte[0]);
    }

    @Override
    public Acts apply(Acts state, Context context, Input input, Effects out) {
        if (!(input instanceof Input.Told told)) {
            return state;
        }
        if (told.payload() instanceof Observed observed && observed.touchpoint().call() == Touchpoint.Call.CONSENT) {
            return acted(state, observed.touchpoint(), context, out);
        }
        if (told.payload() instanceof Claim claim
                && context.customer().contested().contains(claim.identity())) {
            return Customer.address(claim.identity())
                    .map(address -> contested(state, address, context, out))
                    .orElse(state);
        }
        return told.payload() instanceof Linked linked ? linked(state, linked.address(), context, out) : state;
    }

    /** What either refused binds the addresses of both; what either granted before she had an address is for the other's. */
    @Override
    public Acts merge(Both<Acts> both, Context context, Effects out) {
        var survivor = both.survivor();
        var absorbed = both.absorbed();
        var refusals = unforgotten(joined(survivor.refusals, absorbed.refusals));
        Stream.concat(context.customer().addresses().stream(), context.customer().addressesContested().stream())
                .forEach(address -> refusals.forEach(refusal -> tell(address, refusal, context, out)));
        var unplaced = new ArrayList<Unplaced>();
        for (Unplaced one : joined(survivor.unplaced, absorbed.unplaced)) {
            if (hasAddress(context.customer(), one.kind)) {
                context.customer().addresses().stream()
                        .filter(address -> address.kind().equals(one.kind))
                        .findFirst()
                        .ifPresent(address -> tell(address, one.act, context, out));
            } else {
                unplaced.add(one);
            }
        }
        var awaiting = new ArrayList<Awaiting>();
        for (Awaiting one : joined(survivor.awaiting, absorbed.awaiting)) {
            if (context.customer().addresses().contains(one.address)) {
                tell(one.address, one.act, context, out);
            } else {
                awaiting.add(one);
            }
        }
        boolean same = refusals.equals(survivor.refusals)
                && awaiting.equals(survivor.awaiting)
                && unplaced.equals(survivor.unplaced);
        return same ? survivor : new Acts(refusals, awaiting, latest(unplaced), survivor.unknown);
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    @Override
    public Codec<Acts> codec() {
        return Acts.CODEC;
    }

    private Acts acted(Acts state, Touchpoint touchpoint, Context context, Effects out) {
        for (Address address : context.customer().addresses()) {
            tell(address, touchpoint, context, out);
        }
        var awaiting = new ArrayList<>(state.awaiting);
        context.customer().addressesAsked().forEach(address -> awaiting.add(new Awaiting(address, touchpoint)));
        ConsentAct act = ConsentAct.from(touchpoint);
        var refusals = new ArrayList<>(state.refusals);
        var unplaced = new ArrayList<>(state.unplaced);
        if (act instanceof Withdrawal || act instanceof Preference) {
            context.customer().addressesContested().forEach(address -> tell(address, touchpoint, context, out));
            refusals.add(touchpoint);
        } else if (act instanceof Grant) {
            act.addressKinds().stream()
                    .filter(kind -> !hasAddress(context.customer(), kind))
                    .forEach(kind -> unplaced.add(new Unplaced(kind, touchpoint)));
        }
        return new Acts(unforgotten(refusals), awaiting, latest(unplaced), state.unknown);
    }

    /** No refusal is dropped: of those that reach equally far the latest is enough, and of too many the older are made to reach further. */
    private static List<Touchpoint> unforgotten(List<Touchpoint> refusals) {
        var each = latestOfEach(refusals);
        if (each.size() <= MOST_REFUSALS) {
            return each;
        }
        var older = each.subList(0, each.size() / 2).stream().map(ConsentSlice::widened);
        return latestOfEach(Stream.concat(older, each.subList(each.size() / 2, each.size()).stream())
                .toList());
    }

    private static List<Touchpoint> latestOfEach(List<Touchpoint> refusals) {
        var latest = new LinkedHashMap<List<String>, Touchpoint>();
        for (Touchpoint refusal : refusals) {
            latest.merge(
                    reach(refusal),
                    refusal,
                    (one, other) -> other.occurredAt().isBefore(one.occurredAt()) ? one : other);
        }
        return List.copyOf(latest.values());
    }

    private static List<String> reach(Touchpoint refusal) {
        Stream<Object> kind = Stream.of(refusal.name().equals(Preference.SET));
        return Stream.concat(kind, REACH.stream().map(refusal::property))
                .map(value -> value instanceof Collection<?> words
                        ? words.stream().map(String::valueOf).sorted().toList().toString()
                        : String.valueOf(value))
                .toList();
    }

    /** On every topic, towards every controller and brand. */
    private static Touchpoint widened(Touchpoint refusal) {
        var properties = new TreeMap<String, @Nullable Object>(refusal.properties());
        properties.keySet().removeAll(NARROWING);
        return refusal.with(properties);
    }

    private static boolean hasAddress(Customer customer, String kind) {
        return Stream.concat(customer.addresses().stream(), customer.addressesAsked().stream())
                .anyMatch(address -> address.kind().equals(kind));
    }

    private static <T> List<T> latest(List<T> acts) {
        return List.copyOf(acts.subList(Math.max(0, acts.size() - MOST_KEPT), acts.size()));
    }

    /** What she refused binds the address whoever holds it; what she granted is not for it. */
    private Acts contested(Acts state, Address address, Context context, Effects out) {
        state.refusals.forEach(refusal -> tell(address, refusal, context, out));
        var awaiting = state.awaiting.stream()
                .filter(one -> !one.address.equals(address))
                .toList();
        return awaiting.size() == state.awaiting.size()
                ? state
                : new Acts(state.refusals, awaiting, state.unplaced, state.unknown);
    }

    private Acts linked(Acts state, Address address, Context context, Effects out) {
        var told = new LinkedHashSet<>(state.refusals);
        var awaiting = new ArrayList<>(state.awaiting);
        for (Awaiting one : state.awaiting) {
            if (one.address.equals(address)) {
                told.add(one.act);
                awaiting.remove(one);
            }
        }
        var unplaced = new ArrayList<>(state.unplaced);
        for (Unplaced one : state.unplaced) {
            if (one.kind.equals(address.kind())) {
                told.add(one.act);
                unplaced.remove(one);
            }
        }
        told.forEach(act -> tell(address, act, context, out));
        boolean same = awaiting.size() == state.awaiting.size() && unplaced.size() == state.unplaced.size();
        return same ? state : new Acts(state.refusals, awaiting, unplaced, state.unknown);
    }

    private void tell(Address address, Touchpoint act, Context context, Effects out) {
        var occasion = Occasion.of(act, context.customer().id(), controller);
        ConsentAct.from(act).eventsAt(address, occasion).forEach(event -> out.tell(Key.of(address), event));
    }
}

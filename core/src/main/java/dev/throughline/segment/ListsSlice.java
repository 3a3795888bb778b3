// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.customer.Context;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.util.List;

/** Keeps the static lists that a customer is on, whether a campaign asks for them or not. Immutable and thread-safe. */
public final class ListsSlice implements Slice<Lists> {

    /** Lists as events tell of them. */
    public ListsSlice() {}

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public Lists initial() {
        return Lists.NONE;
    }

    @Override
    public Lists apply(Lists state, Context context, Input input, Effects out) {
        if (input instanceof Input.Rebuild rebuild && rebuild.needs().contains(PAST)) {
            return again(state, rebuild.history(), out);
        }
        return input instanceof Input.Told told
                        && told.payload() instanceof Observed observed
                        && isOurs(observed.touchpoint())
                ? said(state, observed.touchpoint(), out)
                : state;
    }

    /** Of what is hers still after somebody else was split off. */
    private static Lists again(Lists state, List<Touchpoint> history, Effects out) {
        state.on().forEach(entry -> out.leave(Lists.set(entry.name())));
        var again = Lists.NONE;
        for (Touchpoint touchpoint : history) {
            again = isOurs(touchpoint) ? said(again, touchpoint, out) : again;
        }
        return again;
    }

    private static boolean isOurs(Touchpoint touchpoint) {
        String name = touchpoint.name();
        return name.equals(Lists.JOINED) || name.equals(Lists.LEFT);
    }

    private static Lists said(Lists state, Touchpoint touchpoint, Effects out) {
        if (!(touchpoint.property(Lists.PROPERTY) instanceof String name)
                || name.length() > 100
                || !Identity.isLine(name)) {
            return state;
        }
        boolean joined = touchpoint.name().equals(Lists.JOINED);
        var after = state.with(new Lists.Entry(name, touchpoint.occurredAt().toEpochMilli(), joined));
        if (after.has(name) && !state.has(name)) {
            out.enter(Lists.set(name));
        } else if (!after.has(name) && state.has(name)) {
            out.leave(Lists.set(name));
        }
        return after;
    }

    @Override
    public Lists merge(Both<Lists> both, Context context, Effects out) {
        if (both.absorbed().entries().isEmpty()) {
            return both.survivor();
        }
        var merged = both.survivor().or(both.absorbed());
        for (Lists.Entry entry : merged.entries()) {
            if (entry.on()) {
                out.enter(Lists.set(entry.name()));
            } else {
                out.leave(Lists.set(entry.name()));
            }
        }
        return merged;
    }

    @Override
    public void handedOver(Lists state, Effects out) {
        state.on().forEach(entry -> out.leave(Lists.set(entry.name())));
    }

    @Override
    public Codec<Lists> codec() {
        return Lists.CODEC;
    }
}

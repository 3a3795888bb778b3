// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The slices of a customer, in the order in which they see an input. Immutable and thread-safe. */
final class Slices {

    private final List<Slice<Object>> slices;
    private final List<Object> blank;

    @SuppressWarnings("unchecked") // each slice is only ever given its own part
    Slices(List<? extends Slice<?>> slices) {
        this.slices = slices.stream().map(slice -> (Slice<Object>) slice).toList();
        this.blank = this.slices.stream().map(Slice::initial).toList();
    }

    List<Slice<Object>> list() {
        return slices;
    }

    /** The parts of somebody to whom nothing has happened. */
    List<Object> blank() {
        return blank;
    }

    CustomerState apply(CustomerState state, Input input, Instant now, Effects out) {
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

    /** Sets anew what all parts wait for. */
    void timers(CustomerState state, Instant now, Effects out) {
        var context = new Context(state.customer(), new Parts(state.slices()), now);
        for (int i = 0; i < slices.size(); i++) {
            slices.get(i).timers(state.slices().get(i), context, out);
        }
    }

    /** What the store knows under the key of somebody who is absorbed ends. */
    void handedOver(CustomerState state, Effects out) {
        for (int i = 0; i < slices.size(); i++) {
            slices.get(i).handedOver(state.slices().get(i), out);
        }
    }

    /** The survivor, who has all names and traits already, takes over the parts of who is absorbed. */
    CustomerState merge(CustomerState survivor, CustomerState absorbed, Instant now, Effects out) {
        return joined(survivor, absorbed, now, (slice, both, context) -> slice.merge(both, context, out));
    }

    /** Who begins again, and has her names and traits already, takes what is still hers of what she handed over. */
    CustomerState restored(CustomerState blank, CustomerState before, Instant now, Effects out) {
        return joined(blank, before, now, (slice, both, context) -> slice.restored(both, context, out));
    }

    /** Somebody who was absorbed is another after all: the parts without what was hers alone. */
    CustomerState without(CustomerState state, CustomerState other) {
        var parts = new Parts(state.slices());
        for (int i = 0; i < slices.size(); i++) {
            parts.set(i, slices.get(i).without(parts.seen.get(i), other.slices().get(i)));
        }
        return parts.changed ? state.with(parts.seen) : state;
    }

    private interface Joining {
        Object of(Slice<Object> slice, Slice.Both<Object> both, Context context);
    }

    private CustomerState joined(CustomerState state, CustomerState other, Instant now, Joining joining) {
        var parts = new Parts(state.slices());
        var context = new Context(state.customer(), parts, now);
        var others = ids(other);
        var hers = ids(state);
        hers.removeAll(others);
        for (int i = 0; i < slices.size(); i++) {
            var both = new Slice.Both<>(parts.seen.get(i), other.slices().get(i), hers, others);
            parts.set(i, joining.of(slices.get(i), both, context));
        }
        return parts.changed ? state.with(parts.seen) : state;
    }

    private static List<CustomerId> ids(CustomerState state) {
        var ids = new ArrayList<>(state.absorbed());
        ids.add(state.id());
        return ids;
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

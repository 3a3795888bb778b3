// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.wire.Codec;
import java.util.List;

/**
 * A room's own part of a customer's state. Implementations hold rules only; they are immutable and thread-safe.
 *
 * @param <S> the part, immutable
 */
public interface Slice<S> {

    /** Begins the names of needs that are made of what has happened to a customer; by itself, all that is. */
    String PAST = "past/";

    /**
     * Names the part in stored bytes, and begins the names of its timers: {@code name/…}.
     *
     * @return the name
     */
    String name();

    /**
     * The part of a customer to whom nothing has happened.
     *
     * @return the part
     */
    S initial();

    /**
     * One step: an {@link Observed} touchpoint, a {@link Linked} address, a timer of this slice or what another key told. What means
     * nothing to this room is passed over.
     *
     * @param state the part so far
     * @param context the customer, the input already applied to identities, profile and the slices before this one
     * @param input what is new
     * @param out where effects go
     * @return the new part; the same object if nothing changed
     */
    S apply(S state, Context context, Input input, Effects out);

    /**
     * What this room keeps of every customer. What was not needed when a customer was last stepped is made anew of her past, by {@link
     * Input.Rebuild}.
     *
     * @return names that are other ones when what they stand for is another; those that begin with {@link #PAST} are made of what has
     *     happened to her
     */
    default List<String> needs() {
        return List.of();
    }

    /**
     * Sets anew every timer that this part waits for; one may be set earlier than it was, where that is harmless.
     *
     * @param state the part
     * @param context the customer
     * @param out where timers are set, and nothing else happens
     */
    default void timers(S state, Context context, Effects out) {}

    /**
     * Somebody is absorbed: what the store knows under her key ends.
     *
     * @param state the part that she hands over
     * @param out where effects of her key go
     */
    default void handedOver(S state, Effects out) {}

    /**
     * Two parts when one customer absorbs another.
     *
     * @param <S> the part's type
     * @param survivor the part of who stays
     * @param absorbed the part of who is absorbed
     * @param hers under which ids the logs have lines of who stays
     * @param others under which ids the logs have lines of who is absorbed
     */
    record Both<S>(S survivor, S absorbed, List<CustomerId> hers, List<CustomerId> others) {

        /** Copies the lists. */
        public Both {
            hers = List.copyOf(hers);
            others = List.copyOf(others);
        }
    }

    /**
     * Makes one part of two. Whatever is merged with whatever in whatever order comes to the same. Timers of who is absorbed do not
     * reach her any more and are set anew here.
     *
     * @param both the parts
     * @param context the survivor, with the names and traits of both; nothing but her part so far where it is not merged yet
     * @param out where effects go
     * @return the part of the survivor
     */
    S merge(Both<S> both, Context context, Effects out);

    /**
     * The part of somebody who begins again after a merge that was a mistake, made of what she handed over then.
     *
     * @param both a part to which nothing has happened, and the one that she handed over
     * @param context who begins again, with her names and traits
     * @param out where effects go
     * @return the part, unless a room says otherwise as it was
     */
    default S restored(Both<S> both, Context context, Effects out) {
        return merge(both, context, out);
    }

    /**
     * The part of a survivor, when who was absorbed by mistake begins again as somebody else.
     *
     * @param survivor the survivor's part
     * @param absorbed what the other one handed over when she was absorbed
     * @return the part; as it was unless a room says otherwise, since what is made of her past is made anew by {@link Input.Rebuild}
     */
    default S without(S survivor, S absorbed) {
        return survivor;
    }

    /**
     * How the part is stored.
     *
     * @return the codec, which keeps fields that it does not know
     */
    Codec<S> codec();
}

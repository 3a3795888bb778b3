// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.wire.Codec;

/**
 * A room's own part of a customer's state. Implementations hold rules only; they are immutable and thread-safe.
 *
 * @param <S> the part, immutable
 */
public interface Slice<S> {

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
     * How the part is stored.
     *
     * @return the codec, which keeps fields that it does not know
     */
    Codec<S> codec();
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.CustomerId;
import dev.throughline.wire.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Who owns one identity.
 *
 * @param owner the customer, or {@code null} if nobody does yet
 */
public record IdentifierState(@Nullable CustomerId owner) {

    /** How it is stored. */
    public static final Codec<IdentifierState> CODEC =
            Codec.of((state, out) -> out.string(1, state.owner == null ? null : state.owner.toString()), in -> {
                String owner = in.stringOrNull(1);
                return new IdentifierState(owner == null ? null : CustomerId.parse(owner));
            });
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;
import org.jspecify.annotations.Nullable;

/**
 * An address has become a customer's; told to the contact point and to the customer's slices.
 *
 * @param customer whose it is now
 * @param address the address
 * @param insteadOf whose it was until she was absorbed; {@code null} if nobody's
 */
public record Linked(
        CustomerId customer, Address address, @Nullable CustomerId insteadOf) implements Payload {

    /** How it is stored. */
    public static final Codec<Linked> CODEC = Codec.of(
            (linked, out) -> {
                out.string(1, linked.customer.toString());
                out.string(2, linked.address.toString());
                out.string(3, linked.insteadOf == null ? null : linked.insteadOf.toString());
            },
            in -> {
                String before = in.stringOrNull(3);
                return new Linked(
                        CustomerId.parse(in.string(1)),
                        Address.parse(in.string(2)),
                        before == null ? null : CustomerId.parse(before));
            });
}

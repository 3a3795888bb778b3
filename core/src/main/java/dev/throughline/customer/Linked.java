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
 * @param insteadOf under which id it was hers, or the absorbed one's, before; {@code null} if under none
 * @param splitFrom whose it was by mistake; {@code null} if nobody's
 * @param epoch how often the address has been split off from a customer
 */
public record Linked(
        CustomerId customer,
        Address address,
        @Nullable CustomerId insteadOf,
        @Nullable CustomerId splitFrom,
        int epoch) implements Payload {

    /** How it is stored. */
    public static final Codec<Linked> CODEC = Codec.of(
            (linked, out) -> {
                out.string(1, linked.customer.toString());
                out.string(2, linked.address.toString());
                out.string(3, text(linked.insteadOf));
                out.string(4, text(linked.splitFrom));
                if (linked.epoch != 0) {
                    out.number(5, linked.epoch);
                }
            },
            in -> new Linked(
                    CustomerId.parse(in.string(1)),
                    Address.parse(in.string(2)),
                    id(in.stringOrNull(3)),
                    id(in.stringOrNull(4)),
                    (int) in.number(5)));

    /**
     * An address that nobody had before.
     *
     * @param customer whose it is now
     * @param address the address
     */
    public Linked(CustomerId customer, Address address) {
        this(customer, address, null, null, 0);
    }

    private static @Nullable String text(@Nullable CustomerId id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable CustomerId id(@Nullable String text) {
        return text == null ? null : CustomerId.parse(text);
    }
}

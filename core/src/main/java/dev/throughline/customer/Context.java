// SPDX-License-Identifier: Apache-2.0
package dev.throughline.customer;

import java.time.Instant;

/**
 * What a slice sees of the rest.
 *
 * @param customer the customer
 * @param parts the parts of other slices
 * @param now the instant of the step
 */
public record Context(Customer customer, Parts parts, Instant now) {

    /** The parts of a customer. */
    @FunctionalInterface
    public interface Parts {

        /**
         * A slice's part.
         *
         * @param <T> the part's type
         * @param slice a slice that is registered
         * @return its part
         */
        <T> T of(Slice<T> slice);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Customer;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import java.util.Optional;

/**
 * Where the host keeps addresses. Asked by a send whose leg finds no address of its channel's kind, before it is undeliverable; never by
 * a lane, and by several threads at once. What it returns becomes hers as if she had been identified with it, unless it is another
 * customer's.
 */
@FunctionalInterface
public interface AddressBook {

    /**
     * Finds an address.
     *
     * @param customer who, under the names that are known of her
     * @param channel over which channel she is to be reached
     * @return an address of the channel's kind; empty if there is none
     * @throws Exception if it cannot be found now, which counts as none
     */
    Optional<Address> find(Customer customer, Channel channel) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.customer.Customer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Traits that the host keeps in tables of its own. A journey whose conditions, messages or calls look at one of them asks when she enters
 * and before each leg of a send, unless what was read last is fresh still; no other journey ever does. Never asked by a lane, and by
 * several threads at once.
 */
@FunctionalInterface
public interface ProfileSource {

    /**
     * Reads traits.
     *
     * @param customer who, with what is known of her
     * @return their values by name, {@code null} for one that she has no more; those that were not announced are not taken
     * @throws Exception if they cannot be read now: the journey goes on with what is known
     */
    Map<String, ? extends @Nullable Object> read(Customer customer) throws Exception;
}

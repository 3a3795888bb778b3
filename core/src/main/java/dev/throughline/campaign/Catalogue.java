// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.Optional;

/**
 * The host's products. Asked once for each leg that is planned and fills in {@code {{ product.name }}} or the like, for the product that
 * the starting event names as {@code product_id} or else {@code sku}; never by a lane, and by several threads at once.
 */
@FunctionalInterface
public interface Catalogue {

    /**
     * Finds a product.
     *
     * @param id as the event names it
     * @return the product; empty if there is none, which the message's {@code default} stands in for, or else it is SKIPPED(NO_PRODUCT)
     * @throws Exception if it cannot be found now, with the same effect
     */
    Optional<Product> find(String id) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Money;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import org.jspecify.annotations.Nullable;

/**
 * A quantity that many messages draw on, never beyond its limit.
 *
 * @param name names it; one pool per name
 * @param limit how much there is: millionths of a currency's unit for a budget, pieces for a quantity
 * @param currency the budget's currency; empty for a quantity of pieces
 */
public record Pool(String name, long limit, String currency) {

    /**
     * Checks name and limit.
     *
     * @throws ThroughlineException if the name is not one line of text, or the limit negative
     */
    public Pool {
        if (!Identity.isLine(name)) {
            throw new ThroughlineException("pool name '" + Shown.of(name) + "': expected one line of text");
        }
        if (limit < 0) {
            throw new ThroughlineException("pool '" + name + "': limit " + limit + ", expected 0 or more");
        }
    }

    /**
     * Money that may be spent.
     *
     * @param name names it
     * @param limit how much
     * @return the pool
     */
    public static Pool budget(String name, Money limit) {
        Given.required("pool budget", "name", name);
        Given.required("pool budget", "limit", limit);
        return new Pool(name, limit.micros(), limit.currency());
    }

    /**
     * Whether a message of a price can draw on it: one that nobody could charge would be sent for nothing.
     *
     * @param price what the message costs, or {@code null} if that is not known
     * @return true for pieces, and for a price that is nothing or in the budget's currency
     */
    public boolean pays(@Nullable Money price) {
        return currency.isEmpty()
                || (price != null && (price.micros() == 0 || price.currency().equals(currency)));
    }

    /**
     * Pieces that may be given away or sent.
     *
     * @param name names it
     * @param pieces how many
     * @return the pool
     */
    public static Pool pieces(String name, long pieces) {
        Given.required("pool pieces", "name", name);
        return new Pool(name, pieces, "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.commerce.Basket;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;

/** Makes conditions about a customer's basket. */
public final class BasketLook {

    BasketLook() {}

    /**
     * True if nothing lies in it.
     *
     * @return the condition
     */
    public Condition isEmpty() {
        return lines().exactly(0);
    }

    /**
     * About how many different products lie in it.
     *
     * @return what can be said of it
     */
    public CommerceNumber lines() {
        return number("lines", basket -> BigDecimal.valueOf(basket.lines().size()));
    }

    /**
     * True if a product lies in it.
     *
     * @param product its sku, product id or name
     * @return the condition
     * @throws ThroughlineException if it is blank
     */
    public Condition contains(String product) {
        Given.required("basket", "contains", product);
        if (product.isBlank()) {
            throw new ThroughlineException("basket contains '" + product + "': expected a sku, product id or name");
        }
        return new CommerceTest(
                "basket contains '" + product + "'",
                Map.of("basketContains", product),
                facts -> facts.commerce().basket().lines().stream()
                        .anyMatch(line -> line.product().is(product)),
                facts -> counted(facts.commerce().basket().lines().size()));
    }

    /**
     * About what it costs, before coupons and shipping.
     *
     * @return what can be said of it
     */
    public CommerceNumber total() {
        return number("total", Basket::total);
    }

    /**
     * About how many pieces lie in it.
     *
     * @return what can be said of it
     */
    public CommerceNumber quantity() {
        return number("quantity", Basket::quantity);
    }

    private static String counted(int products) {
        return products + (products == 1 ? " product" : " products");
    }

    private static CommerceNumber number(String name, Function<Basket, BigDecimal> read) {
        return new CommerceNumber(
                "basket " + name,
                Map.of("basket", name),
                facts -> read.apply(facts.commerce().basket()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import dev.throughline.wire.Codec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A customer's basket and orders. Immutable and bounded: the 20 orders that began last are kept.
 */
public final class Commerce {

    /** The most orders that are kept. */
    public static final int MOST_ORDERS = 20;

    /** Nothing in the basket and no order. */
    public static final Commerce NONE = new Commerce(Basket.EMPTY, List.of(), new byte[0]);

    /** How it is stored. */
    public static final Codec<Commerce> CODEC = Codec.of(
            (commerce, out) -> {
                out.nested(1, Basket.CODEC, commerce.basket);
                out.each(2, Order.CODEC, commerce.orders);
                out.raw(commerce.unknown);
            },
            in -> new Commerce(in.nested(1, Basket.CODEC), List.copyOf(in.each(2, Order.CODEC)), in.above(2)));

    private static final Comparator<Order> BY_AGE =
            Comparator.comparing(Order::since).thenComparing(Order::id);

    private final Basket basket;
    private final List<Order> orders;
    private final byte[] unknown;

    private Commerce(Basket basket, List<Order> orders, byte[] unknown) {
        this.basket = basket;
        this.orders = orders;
        this.unknown = unknown;
    }

    /**
     * What lies in the basket.
     *
     * @return the basket
     */
    public Basket basket() {
        return basket;
    }

    /**
     * The orders.
     *
     * @return the one that began last stands last
     */
    public List<Order> orders() {
        return orders;
    }

    /**
     * One order.
     *
     * @param id its number
     * @return the order, or empty if there is none that is still kept
     */
    public Optional<Order> order(String id) {
        return orders.stream().filter(order -> order.id().equals(id)).findFirst();
    }

    /**
     * The order that began last.
     *
     * @return the order, or empty if there is none
     */
    public Optional<Order> lastOrder() {
        return orders.isEmpty() ? Optional.empty() : Optional.of(orders.get(orders.size() - 1));
    }

    /**
     * What two customers have who turn out to be one: one basket, and the orders of both. Commutative, associative and idempotent as long
     * as no bound is reached; past it, what is oldest is forgotten, which depends on what was there to be compared.
     *
     * @param other the other customer's
     * @return what both have
     */
    public Commerce merge(Commerce other) {
        Commerce merged = with(basket.merge(other.basket));
        for (Order order : other.orders) {
            merged = merged.with(order);
        }
        return merged;
    }

    Commerce with(Basket changed) {
        return changed == basket ? this : new Commerce(changed, orders, unknown);
    }

    /** With what is said of an order, which may be known already. */
    Commerce with(Order said) {
        var more = new ArrayList<>(orders);
        more.removeIf(order -> order.id().equals(said.id()));
        more.add(order(said.id()).map(said::merge).orElse(said));
        more.sort(BY_AGE);
        return new Commerce(
                basket, List.copyOf(more.subList(Math.max(0, more.size() - MOST_ORDERS), more.size())), unknown);
    }
}

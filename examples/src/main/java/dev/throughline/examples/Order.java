// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One invoice of the shop: an order, or a cancellation, whose quantities and total are below zero.
 *
 * @param at the earliest row of the invoice
 * @param lines sorted by stock code, so that they do not depend on the order of the file's rows
 * @param total the exact sum over the lines in pounds, not rounded to pence
 */
record Order(String invoice, String customerId, Instant at, List<Line> lines, BigDecimal total, String country) {

    static final Comparator<Order> BY_TIME = Comparator.comparing(Order::at).thenComparing(Order::invoice);

    private static final Comparator<Line> LARGEST_FIRST =
            Comparator.comparing((Line line) -> line.amount().abs()).reversed().thenComparing(Line.CANONICAL);

    Order {
        lines = List.copyOf(lines);
    }

    static Order of(RetailRow row, Instant at, List<Line> lines) {
        var sorted = lines.stream().sorted(Line.CANONICAL).toList();
        var total = sorted.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Order(row.invoice(), row.customerId(), at, sorted, total, row.country());
    }

    boolean isCancellation() {
        return invoice.startsWith("C");
    }

    /** The names of at most {@code limit} products, those with the largest amount first. */
    List<String> products(int limit) {
        return lines.stream()
                .sorted(LARGEST_FIRST)
                .map(Line::description)
                .filter(name -> !name.isEmpty())
                .distinct()
                .limit(limit)
                .toList();
    }

    /** One row of an invoice: {@code price} is pounds per piece, {@code quantity} is below zero when cancelled. */
    record Line(String stockCode, String description, int quantity, BigDecimal price) {

        static final Comparator<Line> CANONICAL = Comparator.comparing(Line::stockCode)
                .thenComparing(Line::description)
                .thenComparing(Line::price)
                .thenComparing(Line::quantity);

        BigDecimal amount() {
            return price.multiply(BigDecimal.valueOf(quantity));
        }
    }
}

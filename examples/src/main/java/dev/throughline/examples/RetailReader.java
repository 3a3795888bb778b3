// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.examples.RetailOrders.Counts;
import dev.throughline.examples.RetailOrders.MalformedRow;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the rows of one file into invoices and counts what it leaves out. */
final class RetailReader {

    private final Map<String, Invoice> invoices = new HashMap<>();
    private final Set<String> customers = new HashSet<>();
    private final List<MalformedRow> malformed = new ArrayList<>();
    private final Interned interned = new Interned();
    private long line = 1;
    private long rowsWithoutCustomer;
    private long bookkeepingRows;
    private long giftRows;

    void accept(String text) {
        line++;
        try {
            accept(RetailRow.parse(text));
        } catch (IllegalArgumentException e) {
            malformed.add(new MalformedRow(line, String.valueOf(e.getMessage()), text));
        }
    }

    private void accept(RetailRow row) {
        if (!row.hasCustomer()) {
            rowsWithoutCustomer++;
        } else if (row.isBookkeeping()) {
            bookkeepingRows++;
        } else if (!row.isCancellation() && !row.isSale()) {
            customers.add(row.customerId());
            giftRows++;
        } else {
            invoices.computeIfAbsent(row.invoice(), number -> new Invoice(row)).add(row, interned);
            customers.add(row.customerId());
        }
    }

    RetailOrders orders() {
        var all = invoices.values().stream()
                .map(Invoice::order)
                .sorted(Order.BY_TIME)
                .toList();
        return new RetailOrders(all, counts(all), malformed);
    }

    private Counts counts(List<Order> all) {
        var ordering = new HashSet<String>();
        var cancelling = new HashSet<String>();
        all.forEach(order -> (order.isCancellation() ? cancelling : ordering).add(order.customerId()));
        long cancellations = all.stream().filter(Order::isCancellation).count();
        cancelling.removeAll(ordering);
        return new Counts(
                line - 1,
                rowsWithoutCustomer,
                bookkeepingRows,
                giftRows,
                malformed.size(),
                rows(all, false),
                rows(all, true),
                all.size() - cancellations,
                cancellations,
                customers.size(),
                ordering.size(),
                cancelling.size(),
                customers.size() - ordering.size() - cancelling.size());
    }

    private static long rows(List<Order> all, boolean cancelled) {
        return all.stream()
                .filter(order -> order.isCancellation() == cancelled)
                .mapToLong(order -> order.lines().size())
                .sum();
    }

    private static final class Invoice {

        private final RetailRow first;
        private final List<Order.Line> lines = new ArrayList<>();
        private LocalDateTime earliest;

        Invoice(RetailRow first) {
            this.first = first;
            this.earliest = first.at();
        }

        void add(RetailRow row, Interned interned) {
            if (!row.customerId().equals(first.customerId())) {
                throw new IllegalArgumentException("CustomerID is \"" + row.customerId() + "\", expected \""
                        + first.customerId() + "\" as on the other rows of invoice " + row.invoice());
            }
            if (row.at().isBefore(earliest)) {
                earliest = row.at();
            }
            lines.add(interned.line(row));
        }

        Order order() {
            return Order.of(first, earliest.atZone(RetailOrders.ZONE).toInstant(), lines);
        }
    }

    /** The file repeats 4,000 products and 1,300 prices on 400,000 rows: each is kept once. */
    private static final class Interned {

        private final Map<String, String> texts = new HashMap<>();
        private final Map<BigDecimal, BigDecimal> prices = new HashMap<>();

        Order.Line line(RetailRow row) {
            return new Order.Line(text(row.stockCode()), text(row.description()), row.quantity(), price(row.price()));
        }

        private String text(String text) {
            return texts.computeIfAbsent(text, same -> same);
        }

        private BigDecimal price(BigDecimal price) {
            return prices.computeIfAbsent(price, same -> same);
        }
    }
}

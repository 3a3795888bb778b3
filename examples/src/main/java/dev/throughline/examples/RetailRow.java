// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One row of the UCI Online Retail file; {@code customerId} is empty where the file names no customer. */
record RetailRow(
        String invoice,
        String stockCode,
        String description,
        int quantity,
        LocalDateTime at,
        BigDecimal price,
        String customerId,
        String country) {

    static final String HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    private static final List<String> COLUMNS = CsvLine.split(HEADER);
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");
    private static final Pattern CUSTOMER = Pattern.compile("([1-9]\\d{0,6})?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** Reads one line; an {@link IllegalArgumentException} names the column, its value and what was expected. */
    static RetailRow parse(String line) {
        var fields = CsvLine.split(line);
        if (fields.size() != COLUMNS.size()) {
            throw new IllegalArgumentException(fields.size() + " fields, expected " + COLUMNS.size());
        }
        if (fields.get(0).isEmpty()) {
            throw unexpected(0, "", "an invoice number");
        }
        return new RetailRow(
                fields.get(0),
                fields.get(1),
                fields.get(2).strip(),
                quantity(fields.get(3)),
                time(fields.get(4)),
                price(fields.get(5)),
                customer(fields.get(6)),
                fields.get(7));
    }

    boolean hasCustomer() {
        return !customerId.isEmpty();
    }

    boolean isCancellation() {
        return invoice.startsWith("C");
    }

    /** Any other letter than C in front of an invoice number is bookkeeping: the file has A, "Adjust bad debt". */
    boolean isBookkeeping() {
        return !isCancellation() && !Character.isDigit(invoice.charAt(0));
    }

    /** Whether goods were sold for money; the rest are gifts, samples and corrections. */
    boolean isSale() {
        return quantity > 0 && price.signum() > 0;
    }

    private static int quantity(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw unexpected(3, text, "a whole number");
        }
    }

    private static LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text, TIME);
        } catch (DateTimeParseException e) {
            throw unexpected(4, text, "a time such as 2010-12-01 08:26:00");
        }
    }

    private static BigDecimal price(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw unexpected(5, text, "a decimal number such as 2.55");
        }
        return new BigDecimal(text);
    }

    private static String customer(String text) {
        if (!CUSTOMER.matcher(text).matches()) {
            throw unexpected(6, text, "a number of at most 7 digits, or nothing");
        }
        return text;
    }

    private static IllegalArgumentException unexpected(int column, String value, String expected) {
        return new IllegalArgumentException(COLUMNS.get(column) + " is \"" + value + "\", expected " + expected);
    }
}

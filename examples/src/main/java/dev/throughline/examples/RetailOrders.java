// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.identity.ThroughlineException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A year of orders of a UK web shop: the UCI Online Retail file, plain or gzip'd, read row by row and grouped to invoices.
 *
 * <p>What is left out is counted: rows without a customer, bookkeeping, gifts (quantity or price not above zero), and
 * malformed rows, which are also kept with their line number. The result does not depend on the order of the rows.
 *
 * @param invoices orders and cancellations of known customers, by time and invoice number
 */
record RetailOrders(List<Order> invoices, Counts counts, List<MalformedRow> malformed) {

    /** The file's times are local and name no zone; the shop is in the UK, so they are read as British time. */
    static final ZoneId ZONE = ZoneId.of("Europe/London");

    static final String SAMPLE = "online-retail-sample.csv.gz";

    RetailOrders {
        invoices = List.copyOf(invoices);
        malformed = List.copyOf(malformed);
    }

    static RetailOrders read(Path file) throws IOException {
        try (var stream = Outputs.file(file)) {
            return read(stream, file.toString());
        }
    }

    /** The sample that ships with the example: the whole histories of about an eighth of the customers. */
    static RetailOrders sample() throws IOException {
        try (var stream = Objects.requireNonNull(RetailOrders.class.getResourceAsStream(SAMPLE), SAMPLE)) {
            return read(stream, SAMPLE);
        }
    }

    static RetailOrders read(InputStream stream, String name) throws IOException {
        var lines = lines(stream);
        requireHeader(lines.readLine(), name);
        var reader = new RetailReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.accept(line);
        }
        return reader.orders();
    }

    /** Opens a file of either kind: gzip is told by its first two bytes (RFC 1952, 2.3.1), not by the file's name. */
    static BufferedReader lines(InputStream stream) throws IOException {
        var bytes = new BufferedInputStream(stream);
        bytes.mark(2);
        boolean zipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        var text = zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16);
    }

    private static void requireHeader(@Nullable String line, String name) {
        if (!RetailRow.HEADER.equals(line)) {
            throw new ThroughlineException(
                    name + ", line 1: the header is \"" + line + "\", expected \"" + RetailRow.HEADER + '"');
        }
    }

    /** A row that could not be read, as it stood in the file; the first line of the file is 1. */
    record MalformedRow(long line, String problem, String text) {

        @Override
        public String toString() {
            return "line " + line + ": " + problem;
        }
    }

    /**
     * What was in the file. Every row is one of: without customer, bookkeeping, gift, malformed, order row, cancellation
     * row.
     *
     * @param giftRows rows of a known customer whose quantity or price is not above zero
     * @param customers those with an id on any row, so also those of whom only a gift or a cancellation is known
     */
    record Counts(
            long rows,
            long rowsWithoutCustomer,
            long bookkeepingRows,
            long giftRows,
            long malformedRows,
            long orderRows,
            long cancellationRows,
            long orders,
            long cancellations,
            long customers,
            long customersWithOrder,
            long customersWithCancellationsOnly,
            long customersWithGiftsOnly) {}
}

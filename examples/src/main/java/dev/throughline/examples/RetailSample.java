// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import com.google.common.hash.Hashing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the sample that ships with the example from the whole file: {@code RetailSample WHOLE.csv.gz SAMPLE.csv.gz}.
 *
 * <p>It keeps every row of a customer or none, so that histories stay complete, and of the invoices without a customer
 * the same share, so that a run still drops and counts such rows. Which ones is decided by a hash of the id: the same
 * file gives the same rows.
 */
final class RetailSample {

    private static final int PERCENT = 12;
    private static final int SEED = 20_101_201;

    private RetailSample() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("expected two files: the whole one, and the sample to write");
        }
        try (var whole = RetailOrders.lines(Files.newInputStream(Path.of(args[0])));
                var zipped = new GZIPOutputStream(Files.newOutputStream(Path.of(args[1])));
                var sample = new OutputStreamWriter(zipped, StandardCharsets.UTF_8)) {
            copy(whole, sample);
        }
    }

    private static void copy(BufferedReader whole, Writer sample) throws IOException {
        sample.append(whole.readLine()).append('\n');
        for (String line = whole.readLine(); line != null; line = whole.readLine()) {
            if (isChosen(RetailRow.parse(line))) {
                sample.append(line).append('\n');
            }
        }
    }

    static boolean isChosen(RetailRow row) {
        var id = row.hasCustomer() ? "customer " + row.customerId() : "invoice " + row.invoice();
        int hash = Hashing.murmur3_32_fixed(SEED)
                .hashString(id, StandardCharsets.UTF_8)
                .asInt();
        return Integer.remainderUnsigned(hash, 100) < PERCENT;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailSampleTest {

    @Test
    void makesTheSampleThatShips(@TempDir Path folder) throws IOException {
        var made = folder.resolve("sample.csv.gz");

        RetailSample.main(new String[] {WholeFile.required().toString(), made.toString()});

        try (var shipped = RetailOrders.class.getResourceAsStream(RetailOrders.SAMPLE)) {
            assertThat(text(Files.newInputStream(made))).isEqualTo(text(shipped));
        }
    }

    @Test
    void keepsAllRowsOfACustomerOrNone(@TempDir Path folder) throws IOException {
        var whole = Files.writeString(folder.resolve("whole.csv"), manyCustomers());
        var made = folder.resolve("sample.csv.gz");

        RetailSample.main(new String[] {whole.toString(), made.toString()});

        var orders = RetailOrders.read(made);
        assertThat(orders.counts().customers()).isBetween(90L, 150L);
        assertThat(orders.counts().orderRows()).isEqualTo(3 * orders.counts().customers());
        assertThat(orders.counts().rowsWithoutCustomer()).isBetween(90L, 150L);
    }

    @Test
    void asksForTwoFiles() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetailSample.main(new String[] {"one"}))
                .withMessage("expected two files: the whole one, and the sample to write");
    }

    private static String manyCustomers() {
        var rows = new StringBuilder(RetailRow.HEADER).append('\n');
        for (int i = 0; i < 3_000; i++) {
            int customer = 10_000 + i % 1_000;
            rows.append(500_000 + i)
                    .append(",A1,TEA SET,2,2011-06-05 13:41:00,2.55,")
                    .append(customer)
                    .append(",France\n");
        }
        for (int i = 0; i < 1_000; i++) {
            rows.append(600_000 + i).append(",A1,TEA SET,2,2011-06-05 13:41:00,2.55,,France\n");
        }
        return rows.toString();
    }

    private static String text(InputStream stream) throws IOException {
        try (var lines = RetailOrders.lines(stream)) {
            return String.join("\n", lines.lines().toList());
        }
    }
}

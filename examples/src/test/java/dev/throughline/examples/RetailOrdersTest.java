// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.throughline.examples.RetailOrders.Counts;
import dev.throughline.identity.ThroughlineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RetailOrdersTest {

    private static final List<String> ROWS = List.of(
            "540185,A1,TEA SET,2,2011-06-05 13:41:00,2.55,17850,France",
            "540185,B2,\"LANTERN, WHITE\",1,2011-06-05 13:40:00,10.001,17850,France",
            "C540190,A1,TEA SET,-1,2011-06-06 09:00:00,2.55,17850,France",
            "540186,A1,TEA SET,1,2010-12-20 10:14:00,2.55,,United Kingdom",
            "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom",
            "A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,17850,United Kingdom",
            "540187,A1,TEA SET,5,2010-12-21 10:14:00,0,13256,United Kingdom",
            "C540188,A1,TEA SET,-5,2010-12-22 10:14:00,2.55,12346,United Kingdom",
            "540185,A1,TEA SET,2,yesterday,2.55,17850,France",
            "540185,C3,PLATE,1,2011-06-05 13:41:00,1.00,99999,France");

    @Test
    void groupsRowsToOrdersAndCancellationsByTime() throws IOException {
        var orders = read(ROWS);

        assertThat(orders.invoices()).extracting(Order::invoice).containsExactly("C540188", "540185", "C540190");
        assertThat(orders.invoices()).extracting(Order::isCancellation).containsExactly(true, false, true);
        assertThat(orders.invoices())
                .extracting(Order::total)
                .containsExactly(new BigDecimal("-12.75"), new BigDecimal("15.101"), new BigDecimal("-2.55"));
    }

    @Test
    void takesTheEarliestRowAsTheOrdersTimeInBritain() throws IOException {
        var order = read(ROWS).invoices().get(1);

        assertThat(order.at()).isEqualTo(Instant.parse("2011-06-05T12:40:00Z"));
        assertThat(order.customerId()).isEqualTo("17850");
        assertThat(order.country()).isEqualTo("France");
    }

    @Test
    void namesTheProductsWithTheLargestAmountsFirst() throws IOException {
        var order = read(ROWS).invoices().get(1);

        assertThat(order.products(5)).containsExactly("LANTERN, WHITE", "TEA SET");
        assertThat(order.products(1)).containsExactly("LANTERN, WHITE");
    }

    @Test
    void countsEveryRowOnce() throws IOException {
        assertThat(read(ROWS).counts()).isEqualTo(new Counts(10, 2, 1, 1, 2, 2, 2, 1, 2, 3, 1, 1, 1));
    }

    @Test
    void keepsMalformedRowsWithTheirLineAndGoesOn() throws IOException {
        var malformed = read(ROWS).malformed();

        assertThat(malformed)
                .hasToString("[line 10: InvoiceDate is \"yesterday\", expected a time such as"
                        + " 2010-12-01 08:26:00, line 11: CustomerID is \"99999\", expected \"17850\" as on the other rows of"
                        + " invoice 540185]");
        assertThat(malformed.get(0).text()).isEqualTo(ROWS.get(8));
    }

    @Test
    void doesNotDependOnTheOrderOfTheRows() throws IOException {
        var sound = new ArrayList<>(ROWS.subList(0, 8));
        var expected = read(sound);

        for (int seed = 0; seed < 200; seed++) {
            Collections.shuffle(sound, new Random(seed));
            assertThat(read(sound)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void readsAZippedFileAsAPlainOne() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text(ROWS).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(RetailOrders.read(new ByteArrayInputStream(zipped.toByteArray()), "zipped"))
                .isEqualTo(read(ROWS));
    }

    @Test
    void refusesAFileWithAnotherHeader() {
        assertThatExceptionOfType(ThroughlineException.class)
                .isThrownBy(() ->
                        RetailOrders.read(new ByteArrayInputStream("a,b\n".getBytes(StandardCharsets.UTF_8)), "x.csv"))
                .withMessage("x.csv, line 1: the header is \"a,b\", expected \"" + RetailRow.HEADER + "\"");
    }

    @Test
    void findsInTheSampleWhatAnIndependentCountFinds() throws IOException {
        var sample = RetailOrders.sample();

        assertThat(sample.counts())
                .isEqualTo(new Counts(76_313, 14_973, 0, 8, 0, 60_237, 1_095, 2_477, 428, 527, 521, 6, 0));
        assertThat(sample.malformed()).isEmpty();
    }

    @Test
    void findsInTheWholeFileWhatIsPublishedAboutIt() throws IOException {
        var whole = RetailOrders.read(WholeFile.required());

        assertThat(whole.counts())
                .isEqualTo(new Counts(541_909, 135_080, 0, 40, 0, 397_884, 8_905, 18_532, 3_654, 4_372, 4_338, 33, 1));
        assertThat(whole.invoices().stream()
                        .filter(order -> !order.isCancellation())
                        .map(Order::total)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("8911407.904");
    }

    private static RetailOrders read(List<String> rows) throws IOException {
        return RetailOrders.read(new ByteArrayInputStream(text(rows).getBytes(StandardCharsets.UTF_8)), "rows");
    }

    private static String text(List<String> rows) {
        return RetailRow.HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n";
    }
}

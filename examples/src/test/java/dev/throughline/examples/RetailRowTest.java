// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetailRowTest {

    @Test
    void readsARow() {
        var row = RetailRow.parse(
                "536477,22041,\"RECORD FRAME 7\"\" SINGLE SIZE\",48,2010-12-01 12:27:00,2.1,16210,United Kingdom");

        assertThat(row)
                .isEqualTo(new RetailRow(
                        "536477",
                        "22041",
                        "RECORD FRAME 7\" SINGLE SIZE",
                        48,
                        LocalDateTime.of(2010, 12, 1, 12, 27),
                        new BigDecimal("2.1"),
                        "16210",
                        "United Kingdom"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850                 | 7 fields, expected 8
            ,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom        | InvoiceNo is "", expected an invoice number
            536365,71053,LANTERN,six,2010-12-01 08:26:00,3.39,17850,United Kingdom| Quantity is "six", expected a whole number
            536365,71053,LANTERN,6,2010-02-30 08:26:00,3.39,17850,United Kingdom  | InvoiceDate is "2010-02-30 08:26:00", expected a time such as 2010-12-01 08:26:00
            536365,71053,LANTERN,6,2010-12-01 08:26:00,1e9,17850,United Kingdom   | UnitPrice is "1e9", expected a decimal number such as 2.55
            536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,1785O,United Kingdom  | CustomerID is "1785O", expected a number of at most 7 digits, or nothing
            """)
    void saysWhatIsWrongWithARow(String line, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetailRow.parse(line))
                .withMessage(problem);
    }
}

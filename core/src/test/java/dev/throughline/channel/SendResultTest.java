// SPDX-License-Identifier: Apache-2.0
package dev.throughline.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids that providers give, as far as every store can keep them. */
class SendResultTest {

    @Test
    void keepsReferencesAsTheyAre() {
        assertThat(references("a-1", "Đ/2 3")).containsExactly("a-1", "Đ/2 3");
    }

    @Test
    void leavesOutWhatNoStoreCanKeep() {
        assertThat(references("nul\0", "\0", "", "two\nlines", "ha\ud800lf"))
                .containsExactly("nul", "twolines", "half");
    }

    @Test
    void tellsLongReferencesApartByAHash() {
        assertThat(references("x".repeat(257), "x".repeat(258)))
                .doesNotHaveDuplicates()
                .allSatisfy(reference -> assertThat(reference).hasSize(32));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "nul\0", "\r\nfolded"})
    void receiptBearsTheSameReference(String reference) {
        var receipt = new Receipt("r", null, reference, Receipt.Status.DELIVERED, null, Instant.EPOCH, "");

        assertThat(references(reference)).containsExactly(Objects.requireNonNull(receipt.reference()));
    }

    private static List<String> references(String... given) {
        return new SendResult.Accepted(List.of(given), null).references();
    }
}

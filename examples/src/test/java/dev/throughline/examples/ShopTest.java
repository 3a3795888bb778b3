// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ShopTest {
    @Test
    void namesTheLibraryThatItRunsOn() {
        var written = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(written, true, UTF_8));
        try {
            Shop.main(new String[0]);
        } finally {
            System.setOut(console);
        }

        assertThat(written.toString(UTF_8)).isEqualToIgnoringNewLines("Throughline " + Throughline.version() + "\n");
    }
}

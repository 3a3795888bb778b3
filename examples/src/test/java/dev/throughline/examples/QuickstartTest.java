// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {

    @Test
    void tellsBothScreensOfTheReadme() throws Exception {
        var written = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(written, true, UTF_8));
        try {
            Quickstart.main(new String[0]);
        } finally {
            System.setOut(console);
        }

        assertThat(written.toString(UTF_8))
                .contains("Mon 2026-11-23 10:00", "\"[QC] Mai, your basket is waiting\"")
                .contains("Mon 2026-11-23 14:00", "\"[QC] Tea set dang cho ban: https://shop.example/b/7")
                .contains("journey started (Product Added)")
                .contains("hành trình bắt đầu (Product Added)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rehearse", "embed"})
    void theReadmesScreensAreCutFromIt(String screen) throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String source = Files.readString(Path.of("src/main/java/dev/throughline/examples/Quickstart.java"), UTF_8);
        int from = source.indexOf('\n', source.indexOf("// spotless:off readme: " + screen)) + 1;
        String cut = source.substring(from, source.indexOf("        // spotless:on", from));

        assertThat(Files.readString(root.resolve("README.md"), UTF_8))
                .contains(cut.stripTrailing().stripIndent());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that promise something by the name of a test. */
class NamedTestsTest {

    private static final Pattern NAMED = Pattern.compile("`(?:([A-Z]\\w+(?:Test|Conformance))\\.)?([a-z]\\w+)`");

    @ParameterizedTest
    @CsvSource({"journeys.md, 60", "complaints.md, 35"})
    void nameTestsThatExist(String document, int atLeast) throws IOException {
        String sources = sources();

        var named = Files.readString(Path.of("../docs", document), UTF_8)
                .lines()
                .filter(line -> line.startsWith("| "))
                .flatMap(row -> NAMED.matcher(lastCell(row)).results())
                .toList();

        assertThat(named).hasSizeGreaterThan(atLeast).allSatisfy(test -> {
            assertThat(sources).contains("void " + test.group(2) + "(");
            assertThat(test.group(1) == null || sources.contains("class " + test.group(1) + " "))
                    .as(test.group())
                    .isTrue();
        });
    }

    private static String lastCell(String row) {
        String cells = row.substring(0, row.lastIndexOf('|'));
        return cells.substring(cells.lastIndexOf('|') + 1);
    }

    private static String sources() throws IOException {
        var sources = new StringBuilder();
        for (String tests : List.of("../core/src/test", "../testkit/src", "../adapters-jdbc/src/test", "src/test")) {
            try (var files = Files.walk(Path.of(tests))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file, UTF_8));
                }
            }
        }
        return sources.toString();
    }
}

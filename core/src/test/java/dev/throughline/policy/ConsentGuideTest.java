// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of scenarios in the guide tells the tests that there are. */
class ConsentGuideTest {

    private static final Pattern SCENARIO = Pattern.compile("void (scenario\\d\\d\\w*)\\(");
    private static final Pattern TOLD = Pattern.compile("`(\\w+)\\.(scenario\\d\\d\\w*)`");

    @Test
    void tellsEveryScenarioThatIsATestAndNoOther() throws IOException {
        var told = TOLD.matcher(Files.readString(Path.of("../docs/consent.md")))
                .results()
                .map(found -> found.group(1) + "." + found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        var there = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                SCENARIO.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> there.add(type + "." + found.group(1)));
            }
        }
        assertThat(told).isEqualTo(there).isNotEmpty();
    }
}

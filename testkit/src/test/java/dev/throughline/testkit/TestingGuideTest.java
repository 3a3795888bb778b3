// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide shows what runs: each of its snippets of Java stands in a test. */
class TestingGuideTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void eachSnippetStandsInATest() throws IOException {
        String guide = Files.readString(Path.of("../docs/testing-your-campaigns.md"), UTF_8);
        String tests = words(read("TestHostTest") + read("RandomCustomersTest") + read("MemoryStoreFaultTest"));

        assertThat(SNIPPET.matcher(guide).results().map(MatchResult::group).map(TestingGuideTest::words))
                .hasSize(4)
                .allSatisfy(snippet -> assertThat(tests).contains(snippet));
    }

    private static String read(String test) throws IOException {
        return Files.readString(Path.of("src/test/java/dev/throughline/testkit", test + ".java"), UTF_8);
    }

    /** Without the fence, and whatever the lines are. */
    private static String words(String text) {
        return text.replace("```java", "").replace("```", "").replaceAll("\\s+", "");
    }
}

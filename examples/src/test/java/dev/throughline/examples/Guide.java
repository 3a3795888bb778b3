// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of docs, whose Java stands in classes of this folder. */
record Guide(String name) {
    private static final Path TESTS = Path.of("src/test/java/dev/throughline/examples");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    String text() throws IOException {
        return Files.readString(Path.of("../docs", name), UTF_8);
    }

    /** Holds each of so many snippets to the sources, whatever the lines are. */
    void isCutFrom(int snippets, Class<?>... classes) throws IOException {
        var sources = new StringBuilder();
        for (Class<?> type : classes) {
            sources.append(bare(Files.readString(TESTS.resolve(type.getSimpleName() + ".java"), UTF_8)));
        }
        assertThat(snippets()).hasSize(snippets).allSatisfy(snippet -> assertThat(sources)
                .contains(bare(snippet)));
    }

    private List<String> snippets() throws IOException {
        return SNIPPET.matcher(text()).results().map(found -> found.group(1)).toList();
    }

    private static String bare(String code) {
        return code.replaceAll("// spotless:o(n|ff)", "").replaceAll("\\s+", "");
    }
}

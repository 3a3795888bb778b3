// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Definitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The files of the stories keep to the schemas that come with the library, and can be loaded. */
class StoriesTest {

    private static final String BASE = "https://schemas.example/";
    private static final List<String> KINDS = List.of("campaign", "message", "brand");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Stream.of("definitions", "campaign", "message", "brand", "condition")
                    .collect(Collectors.toMap(name -> BASE + name + ".schema.json", StoriesTest::schema))));

    @ParameterizedTest
    @MethodSource("files")
    void keepsToItsSchema(Path file) throws IOException {
        String json = Files.readString(file);
        var document = JsonMapper.builder().build().readTree(json);
        String kind = KINDS.stream().filter(document::has).findFirst().orElse("definitions");

        assertThat(SCHEMAS.getSchema(SchemaLocation.of(BASE + kind + ".schema.json"))
                        .validate(json, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theGuideTellsTheBasketStory() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "json.md")))
                .contains("```json\n" + Files.readString(Path.of("stories", "basket", "basket-recovery.json")) + "```");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void canBeLoaded(Path folder) {
        assertThat(Definitions.load(folder).campaigns()).isNotEmpty();
    }

    private static List<Path> files() {
        return folders().stream()
                .flatMap(folder -> list(folder).stream())
                .filter(file -> file.toString().endsWith(".json"))
                .toList();
    }

    private static List<Path> folders() {
        return list(Path.of("stories"));
    }

    private static List<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String schema(String name) {
        try (InputStream in = Campaign.class.getResourceAsStream("/META-INF/throughline/" + name + ".schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

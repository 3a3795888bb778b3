// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.throughline.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schemas that come with the library allow what is written and refuse what would not be read. */
class SchemasTest {

    private static final String BASE = "https://schemas.example/";
    private static final int SEEDS = 60;

    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(
                    Stream.of("definitions", "campaign", "message", "brand", "segment", "condition", "policy")
                            .collect(Collectors.toMap(name -> BASE + name + ".schema.json", SchemasTest::schema))));

    @Test
    void allowWhateverIsWritten() {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            var invention = new Invention(seed);
            var campaign = invention.campaign();
            var written = Map.of(
                    "campaign", campaign.toJson(),
                    "definitions", Definitions.of(List.of(campaign)).toJson(),
                    "message", invention.message(invention.brand()).toJson(),
                    "brand", invention.brand().toJson(),
                    "condition", invention.condition(4).toJson());

            written.forEach((name, json) -> assertThat(faults(name, json))
                    .as("%s of seed %s: %s", name, seed, json)
                    .isEmpty());
        });
    }

    @Test
    void refuseWhatWouldNotBeRead() {
        assertThat(faults("condition", "{\"trait\": \"vip\"}")).isNotEmpty();
        assertThat(faults("condition", "{\"trait\": \"vip\", \"is\": true, \"below\": 3}"))
                .isNotEmpty();
        assertThat(faults("condition", "{\"all\": []}")).isNotEmpty();
        assertThat(faults("condition", "{\"all\": [{\"trait\": \"vip\", \"is\": true, \"colour\": 1}]}"))
                .isNotEmpty();
        assertThat(faults("condition", "{\"count\": \"Visited\", \"within\": \"1 day\", \"atLeast\": 1}"))
                .isNotEmpty();
        assertThat(faults("brand", "{\"brand\": \"Shop\", \"format\": 2}")).isNotEmpty();
        assertThat(faults("brand", "{\"brand\": \"Shop\", \"colour\": \"red\"}"))
                .isNotEmpty();
        assertThat(faults("message", "{\"message\": \"m\", \"brand\": \"Shop\", \"class\": \"ADVERT\"}"))
                .isNotEmpty();
        assertThat(faults("definitions", "{}")).isNotEmpty();
        assertThat(faults("campaign", campaign("{\"sleep\": \"PT1H\"}"))).isNotEmpty();
        assertThat(faults("campaign", campaign("{\"delay\": \"PT1H\", \"over\": []}")))
                .isNotEmpty();
        assertThat(faults("campaign", campaign("{\"send\": \"m\", \"over\": []}")))
                .isNotEmpty();
        assertThat(faults("campaign", campaign("{\"delay\": \"PT1H\"}"))).isEmpty();
    }

    @Test
    void allowSegmentsByName() {
        String hue = "{\"segment\": \"hue\", \"where\": {\"trait\": \"city\", \"is\": \"Hue\"}}";
        String big = "{\"segment\": \"big\", \"where\": {\"not\": {\"in\": \"hue\"}}, \"description\": \"not small\"}";
        String both = "{\"segments\": [" + hue + ", " + big + "]}";

        assertThat(faults("segment", hue)).isEmpty();
        assertThat(faults("definitions", both)).isEmpty();
        assertThat(faults("definitions", Definitions.parse(both).toJson())).isEmpty();
        assertThat(faults("segment", "{\"segment\": \"hue\"}")).isNotEmpty();
        assertThat(faults("segment", hue.replace("}}", "}, \"colour\": \"red\"}")))
                .isNotEmpty();
    }

    @Test
    void describeThePresetsAndRefuseARuleThatDemandsNothing() throws IOException {
        var presets = new ArrayList<>(Policy.drafts());
        presets.addAll(
                List.of("base", "vn", "us-ct", "us-fl", "us-md", "us-ms", "us-nj", "us-ok", "us-ri", "us-tx", "us-wa"));
        for (String preset : presets) {
            try (InputStream json = Policy.class.getResourceAsStream(preset + ".json")) {
                assertThat(faults(
                                "policy",
                                new String(Objects.requireNonNull(json).readAllBytes(), StandardCharsets.UTF_8)))
                        .as(preset)
                        .isEmpty();
            }
        }
        assertThat(faults(
                        "policy",
                        policy("\"cap\": {\"max\": 1, \"per\": \"address\", \"window\": {\"sliding\": \"PT24H\"}}")))
                .isEmpty();
        assertThat(faults("policy", policy("\"ref\": {}"))).isNotEmpty();
        assertThat(faults("policy", policy("\"opening\": {}, \"tracking\": {\"purpose\": \"x\"}")))
                .isNotEmpty();
        assertThat(faults("policy", policy("\"consent\": {\"anyOf\": []}"))).isNotEmpty();
        assertThat(faults("policy", policy("\"window\": {\"allow\": [{\"from\": \"25:00\", \"to\": \"26:00\"}]}")))
                .isNotEmpty();
        assertThat(faults("policy", policy("\"colour\": \"red\""))).isNotEmpty();
    }

    private static String policy(String clause) {
        return "{\"policy\": {\"id\": \"house\"}, \"rules\": [{\"id\": \"house.rule\", " + clause + "}]}";
    }

    private static String campaign(String step) {
        return "{\"campaign\": \"c\", \"startOn\": {\"event\": \"Visited\"}, \"journey\": [" + step + "]}";
    }

    private List<String> faults(String name, String json) {
        return schemas
                .getSchema(SchemaLocation.of(BASE + name + ".schema.json"))
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }

    private static String schema(String name) {
        try (InputStream in = Campaign.class.getResourceAsStream("/META-INF/throughline/" + name + ".schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

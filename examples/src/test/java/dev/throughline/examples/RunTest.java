// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The job without Java, from the files of the stories. */
class RunTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path SPEC =
            Path.of("..", "core", "src", "test", "resources", "dev", "throughline", "touchpoint");
    private static final Path STORY = Path.of("stories", "basket");

    @TempDir
    private Path out;

    @Test
    void remindsByMailAtTenAndByTextAtTwo() throws IOException {
        int code = Run.run(
                "--events",
                story("events.jsonl"),
                "--campaigns",
                story("basket-recovery.json"),
                "--policy",
                "vn",
                "--out",
                out.toString());

        assertThat(code).isZero();
        assertThat(decisions())
                .extracting(line -> line.get("instant").asString() + " "
                        + line.get("channel").asString() + " "
                        + line.get("verdict").asString())
                .containsExactly("2026-11-23T03:00:00Z email SENT", "2026-11-23T07:00:00Z sms SENT");
        var summary = JSON.readTree(Files.readString(out.resolve("summary.json")));
        assertThat(summary.at("/customers").asInt()).isEqualTo(1);
        assertThat(summary.at("/byCampaign/basket-recovery/sent").asInt()).isEqualTo(2);
        assertThat(summary.at("/servers/mails").asInt()).isEqualTo(1);
        assertThat(summary.at("/servers/texts").asInt()).isEqualTo(1);
        assertThat(out.resolve("bad-lines.jsonl")).isEmptyFile();
    }

    @Test
    void takesConsentsAndABrandFromFilesOfTheirOwn() throws IOException {
        var events = Files.readAllLines(STORY.resolve("events.jsonl"));
        var consents = write("consents.jsonl", """
                {"user": "mai", "purpose": "ADVERTISING", "channels": ["email"], "at": "2026-11-23T09:00+07:00", "method": "form", "evidence": {"notice": "checkout", "version": 3}}
                {"user": "mai", "purpose": "ADVERTISING", "channels": ["fax machine"], "at": "2026-11-23T09:00+07:00"}
                {"user": "mai", "purpose": "ADVERTISING", "at": "yesterday"}
                """);
        var campaigns = Files.readString(STORY.resolve("basket-recovery.json"));
        int brands = campaigns.indexOf(",\n  \"brands\"");
        Run.run(
                "--events", write("events.jsonl", events.get(0) + "\n" + events.get(2) + "\n"),
                "--consents", consents,
                "--campaigns", write("campaigns.json", campaigns.substring(0, brands) + "}"),
                "--brand",
                        write(
                                "brand.json",
                                "{\"brand\": \"Shop\", \"country\": \"VN\", \"optOuts\": [{\"means\": \"SMS\", \"target\": \"8088\", \"keyword\": \"TC\"}, {\"means\": \"CALL\", \"target\": \"1900 0000\"}], \"kit\": {\"layouts\": {\"plain\": {\"html\": \"<body>{{ content }}</body>\"}}}}"),
                "--policy", "vn",
                "--out", out.toString());

        assertThat(decisions())
                .extracting(line -> line.get("channel").asString() + " "
                        + line.get("verdict").asString() + " "
                        + line.get("reason").asString())
                .containsExactly("email SENT ", "sms SKIPPED NO_CONSENT");
        assertThat(Files.readString(out.resolve("bad-lines.jsonl"))).isEqualTo("""
                        {"file":"consents.jsonl","line":2,"reason":"channel 'fax machine': expected lower-case letters, digits and hyphens"}
                        {"file":"consents.jsonl","line":3,"reason":"consent field 'at': 'yesterday', expected date, time and offset such as 2026-11-23T09:00+07:00"}
                        """);
    }

    @Test
    void goesByAPolicyOfTheHousesOwn() throws IOException {
        var policy = """
                {"policy": {"id": "house", "extends": "vn"}, "rules": [{"id": "house.mornings", "when": {"channel": "email"},
                  "window": {"allow": [{"from": "07:00", "to": "09:30"}]}, "ref": {"conf": "P"}}]}
                """;
        Run.run(
                "--events", STORY.resolve("events.jsonl").toString(),
                "--campaigns", STORY.toString(),
                "--policy", write("house.json", policy),
                "--out", out.toString());

        assertThat(decisions()).first().satisfies(line -> assertThat(line.toString())
                .contains("house.mornings")
                .contains("OUTSIDE_HOURS"));
    }

    @Test
    void leavesBadLinesOutAndGoesOn() throws IOException {
        var events = Files.readString(STORY.resolve("events.jsonl")) + """

                {"type": "track", "userId": "mai", "event": "Product Viewed"}
                {"type": "trak", "userId": "mai", "timestamp": "2026-11-23T09:00:00+07:00", "event": "Product Viewed"}
                no JSON
                """;
        int code = Run.run(
                "--events",
                write("events.jsonl", events),
                "--campaigns",
                STORY.toString(),
                "--policy",
                "vn",
                "--out",
                out.toString());

        assertThat(code).isZero();
        assertThat(decisions()).hasSize(2);
        assertThat(Files.readAllLines(out.resolve("bad-lines.jsonl")))
                .extracting(line -> JSON.readTree(line).get("line").asInt())
                .containsExactly(5, 6, 7);
        assertThat(JSON.readTree(Files.readString(out.resolve("summary.json"))).at("/files/0"))
                .hasToString("{\"name\":\"events.jsonl\",\"lines\":6,\"bad\":3}");
    }

    @Test
    void takesTheSpecsOwnExamples() throws IOException {
        var calls = Files.readString(SPEC.resolve("segment-calls.jsonl"));
        var commerce = Files.readString(SPEC.resolve("segment-ecommerce.jsonl"));
        int code = Run.run(
                "--events",
                write("events.jsonl", calls + commerce),
                "--campaigns",
                STORY.toString(),
                "--out",
                out.toString());

        assertThat(code).isZero();
        assertThat(out.resolve("bad-lines.jsonl")).isEmptyFile();
        assertThat(JSON.readTree(Files.readString(out.resolve("summary.json")))
                        .at("/files/0/lines")
                        .asLong())
                .isEqualTo((calls + commerce).lines().count());
    }

    @Test
    void saysEverythingThatIsWrongWithTheCampaigns() {
        String campaigns = write(
                "wrong.json",
                "{\"campaign\": \"x\", \"journey\": [{\"send\": \"y\", \"over\": [{\"channel\": \"sms\"}]}]}");

        assertThat(refused(1, story("events.jsonl"), campaigns))
                .isEqualTo("wrong.json, journey[0].send: 'y', expected a message, but none is defined\n");
    }

    @Test
    void saysWhichFileIsNotThere() {
        String campaigns = story("basket-recovery.json");

        assertThat(refused(2, "nope.jsonl", campaigns))
                .isEqualTo("nope.jsonl: no such file, expected one that can be read\n");
        assertThat(refused(2, STORY.toString(), campaigns)).isEqualTo(STORY + ": a folder, expected a file\n");
    }

    private String refused(int code, String events, String campaigns) {
        var told = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertThat(Run.run("--events", events, "--campaigns", campaigns, "--out", out.toString()))
                    .isEqualTo(code);
        } finally {
            System.setErr(before);
        }
        return told.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String story(String file) {
        return STORY.resolve(file).toString();
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(out.resolve(name), text).toString();
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private List<JsonNode> decisions() throws IOException {
        return Files.readAllLines(out.resolve("decisions.jsonl")).stream()
                .map(JSON::readTree)
                .toList();
    }
}

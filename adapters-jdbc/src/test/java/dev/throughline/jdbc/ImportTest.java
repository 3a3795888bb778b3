// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Store;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose hash is right, and which no store has written. */
class ImportTest {

    private static final String AT = "2026-11-23T00:00:00Z";
    private static final String LINE =
            "{\"table\":\"timeline\",\"id\":\"x\",\"subject\":\"mai\",\"at\":1,\"body\":\"AAAA\"}";
    private static final String MESSAGE = "{\"table\":\"outbox\",\"id\":\"m\",\"attempt\":1,\"status\":0,\"urgent\":0,"
            + "\"channel\":\"sms\",\"class\":\"X\",\"sender\":\"\",\"campaign\":\"\",\"contact_point\":\"CONTACT_POINT/c\","
            + "\"customer\":\"CUSTOMER/c\",\"since\":1,\"send_before\":1,\"body\":\"AAAA\"}";

    @TempDir
    Path directory;

    private JdbcStore file;
    private JdbcStore shared;

    @BeforeEach
    void make() {
        file = JdbcStore.sqlite(directory.resolve("shop.db"));
        shared = JdbcStore.url(Postgresql.freshSchema());
    }

    @AfterEach
    void close() {
        file.close();
        shared.close();
    }

    @Test
    void refusesWithItsLineWhatNoStoreWrites() {
        refused(
                LINE.replace("\"mai\"", "null"),
                "its subject is missing or no TEXT, expected a row of timeline with" + " [id, subject, at, body]");
        refused(LINE.replace("mai", "m\\u0000i"), "its subject has a NUL or half a surrogate pair, which no text has");
        refused(LINE.replace("mai", "m\\ud800i"), "its subject has a NUL or half a surrogate pair, which no text has");
        refused(LINE.replace("\"at\":1", "\"at\":1,\"at\":2"), "expected a JSON object, each name in it once");
        refused(LINE + " " + LINE, "expected a JSON object, each name in it once");
        refused("{\"table\":\"states\",\"key\":\"mai\",\"body\":\"AAAA\"}", "its key is no key, expected kind/id");
        refused(
                "{\"table\":\"timers\",\"key\":\"mai\",\"name\":\"n\",\"due\":1}",
                "its key is no key, expected kind/id");
        refused(MESSAGE.replace("CONTACT_POINT/c", "c"), "its contact_point is no key, expected kind/id");
        refused(MESSAGE.replace("CUSTOMER/c", ""), "its customer is no key, expected kind/id");
        refused(MESSAGE.replace("\"status\":0", "\"status\":7"), "its status is 7, expected 0 to 2");
        refused(
                MESSAGE.replace("\"attempt\":1", "\"attempt\":5000000000"),
                "its attempt is 5000000000, expected 0 to 2147483647");
        refused(setting("schema.version", "99"), "its name begins with 'schema.', expected no setting of the tables");
        refused(
                setting(Store.COPIED, "yesterday"),
                "its value is no instant, expected one such as 2026-11-23T02:00:00Z");
    }

    @Test
    void saysAmongWhichLinesIsOneThatTheDatabaseRefuses() {
        String doubled = file(AT, LINE, LINE.replace("\"x\"", "\"y\""), LINE);

        for (JdbcStore store : List.of(file, shared)) {
            assertThat(catchThrowable(() -> store.importFrom(stream(doubled))))
                    .isExactlyInstanceOf(ThroughlineException.class)
                    .hasMessageContaining("import: one of the lines 2 to 4 was refused by the database: ")
                    .hasMessageContaining("throughline_timeline")
                    .hasMessageEndingWith("; nothing was imported");
            assertThatCode(() -> store.importFrom(stream(file(AT, LINE)))).doesNotThrowAnyException();
        }
    }

    @Test
    void marksEveryStoreAsACopyThatIsNoYoungerThanItsFile() {
        for (JdbcStore store : List.of(file, shared)) {
            store.importFrom(stream(file(AT, LINE)));
            store.open(Rows.codecs());

            assertThat(store.settings()).containsEntry(Store.COPIED, AT);
        }
        assertThat(copied("later.db", "2030-01-01T00:00:00Z")).isEqualTo(AT);
        assertThat(copied("earlier.db", "2020-01-01T00:00:00Z")).isEqualTo("2020-01-01T00:00:00Z");
    }

    @Test
    void refusesAFileThatDoesNotSayFromWhenItIs() {
        assertThat(catchThrowable(() -> file.importFrom(stream(file("today", LINE)))))
                .isExactlyInstanceOf(ThroughlineException.class)
                .hasMessage("SQLite " + directory.resolve("shop.db") + ": import: line 1: its at is no instant,"
                        + " expected one such as 2026-11-23T02:00:00Z; nothing was imported");
    }

    @Test
    void countsTextsAsWellAsBodiesInABatch() {
        String more = "a".repeat(2 << 20);
        String doubled = file(AT, setting("a", more), setting("b", "x"), setting("b", "y"));

        assertThat(catchThrowable(() -> file.importFrom(stream(doubled))))
                .hasMessageContaining("one of the lines 3 to 4 was refused");
    }

    // What is there.

    private void refused(String row, String why) {
        for (JdbcStore store : List.of(file, shared)) {
            assertThat(catchThrowable(() -> store.importFrom(stream(file(AT, row)))))
                    .as(row)
                    .isExactlyInstanceOf(ThroughlineException.class)
                    .hasMessageEndingWith(": import: line 2: " + why + "; nothing was imported");
        }
    }

    private String copied(String name, String row) {
        try (JdbcStore store = JdbcStore.sqlite(directory.resolve(name))) {
            store.importFrom(stream(file(AT, setting(Store.COPIED, row))));
            store.open(Rows.codecs());
            return store.settings().get(Store.COPIED);
        }
    }

    private static String setting(String name, String value) {
        return "{\"table\":\"settings\",\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
    }

    private static InputStream stream(String file) {
        return new ByteArrayInputStream(file.getBytes(UTF_8));
    }

    private static String file(String at, String... rows) {
        String body = "{\"format\":\"throughline-export\",\"version\":1,\"schema\":1,\"at\":\"" + at + "\"}\n"
                + String.join("\n", rows) + "\n";
        String counts = IntStream.range(0, rows.length)
                .mapToObj(number -> rows[number].split("\"", -1)[3])
                .collect(Collectors.groupingBy(table -> table, Collectors.counting()))
                .entrySet()
                .stream()
                .map(ImportTest::count)
                .collect(Collectors.joining(","));
        String hash = HexFormat.of().formatHex(Export.sha256().digest(body.getBytes(UTF_8)));
        return body + "{\"end\":{" + counts + "},\"sha256\":\"" + hash + "\"}\n";
    }

    private static String count(Map.Entry<String, Long> table) {
        return "\"" + table.getKey() + "\":" + table.getValue();
    }
}

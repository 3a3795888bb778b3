// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Words;
import dev.throughline.decision.Decision;
import dev.throughline.rehearsal.Rehearsal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each version of the tables has written once can be read for ever. A database is frozen with the release of its version; until
 * then {@link GoldenShop#main} writes it anew when a form changes.
 */
class GoldenDatabaseTest {

    @TempDir
    private Path folder;

    static IntStream versions() {
        return IntStream.rangeClosed(1, Schema.LATEST);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goesOnInTheMiddleOfItsStory(int version) throws IOException {
        assertThat(evening(opened(version))).isEqualTo(evening(played()));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void goesOnAfterAnUpgrade(int version) throws IOException {
        assertThat(evening(GoldenShop.on(copied(version).knowing(Schema.LATEST + 1))))
                .isEqualTo(evening(played()));
    }

    /** Mai orders once more, for which she is thanked, instead of being reminded by SMS; Lan gets nothing. */
    static List<String> evening(Rehearsal shop) {
        try (shop) {
            shop.customer("mai", m -> m.does("Order Completed", Map.of("order_id", "A-2", "total", 200_000)))
                    .customer("lan", l -> l.does("Product Added", Map.of("product", "Bo am chen")))
                    .advance(Words.hours(6));
            var decisions = shop.report().decisions().stream()
                    .map(GoldenDatabaseTest::line)
                    .toList();
            assertThat(decisions).hasSizeGreaterThanOrEqualTo(4);
            return decisions;
        }
    }

    /** All but the ids, which differ from one rehearsal on a store to the next. */
    private static String line(Decision decision) {
        var origin = decision.origin();
        return Stream.of(
                        decision.at(),
                        decision.customer(),
                        origin.campaign(),
                        origin.step(),
                        origin.leg(),
                        decision.verdict(),
                        decision.findings())
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }

    private Rehearsal opened(int version) throws IOException {
        return GoldenShop.on(copied(version));
    }

    private JdbcStore copied(int version) throws IOException {
        Path file = folder.resolve("golden.db");
        try (InputStream golden = Objects.requireNonNull(
                GoldenDatabaseTest.class.getResourceAsStream("golden/sqlite-" + version + ".db"))) {
            Files.copy(golden, file);
        }
        return JdbcStore.sqlite(file);
    }

    private Rehearsal played() {
        Rehearsal shop = GoldenShop.on(JdbcStore.sqlite(folder.resolve("played.db")));
        GoldenShop.morning(shop);
        return shop;
    }
}

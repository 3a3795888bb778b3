// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Erased.BINH;
import static dev.throughline.jdbc.Erased.EMAIL_OF_MAI;
import static dev.throughline.jdbc.Erased.MAI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.channel.Receipt;
import dev.throughline.engine.Ack;
import dev.throughline.engine.KillSwitch;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Key;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Who is erased is nowhere any more: not in the store, not in its files. */
class ErasureTest {

    private static final Exclusion MAILS = new Exclusion(Exclusion.By.CHANNEL, "email");

    private final Erased world = new Erased();

    @TempDir
    Path folder;

    private String url = "";

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void leavesNothingOfAPersonInTheDatabase(String database) throws Exception {
        Store store = store(database);
        try (var shop = world.open(store)) {
            shop.stop(MAILS, KillSwitch.Mode.HOLD, "ann", "so that something waits");
            world.live(shop, BINH, "binh@example.com", "+84900000177", "Binh");
            world.liveAsMai(shop);
            var flying = fly(shop);
            assertThat(shop.queries().reviews()).hasSize(1);
            assertThat(found(database)).containsAll(List.of(EMAIL_OF_MAI, "900000188", "KH-88123", "Maiwenn"));

            assertThat(shop.rights().erase(MAI, "ann", "request 17")).isEqualTo(Ack.APPLIED);
            assertThat(found(database)).isEmpty();

            flying.complete(null);
            Hosts.await(() -> shop.health().backlog().get("sending") == 0);
            var reported = world.sms.reports(Receipt.Status.CLICKED, world.now);
            shop.record(late("late-1", 60));
            assertThat(reported).isNotCompleted(); // waits for an attempt that nobody tells of any more
            assertThat(found(database)).isEmpty();
            world.now = world.now.plus(Duration.ofDays(30));
            Hosts.await(() -> shop.queries().decisions(BINH).size() >= 2);
            var damages = new ArrayList<Damage>();
            ((JdbcStore) store).check(damages::add, world.now);
            assertThat(damages).isEmpty();
        }

        assertThat(found(database)).isEmpty();
        assertThat(foundIn(log())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite", "postgresql"})
    void forgetsWhoSheWasAndLeavesOthersAsTheyAre(String database) {
        try (var shop = world.open(store(database))) {
            world.live(shop, BINH, "binh@example.com", "+84900000177", "Binh");
            world.liveAsMai(shop);
            var before = seen(shop, BINH);
            long lines = shop.verifyLedger().lines();

            shop.rights().erase(MAI, "ann", "request 17");

            assertThat(shop.queries().customer(MAI)).isEmpty();
            assertThat(shop.queries().customer(Identity.email(EMAIL_OF_MAI))).isEmpty();
            assertThat(shop.queries().timeline(MAI)).isEmpty();
            assertThat(shop.queries().decisions(MAI)).isEmpty();
            assertThat(shop.list("friends").members()).hasSize(1);
            assertThat(shop.queries().members("buyers")).hasSize(1);
            assertThat(seen(shop, BINH)).isEqualTo(before);
            assertThat(shop.verifyLedger()).satisfies(ledger -> {
                assertThat(ledger.faults()).isEmpty();
                assertThat(ledger.lines()).isEqualTo(lines + 2); // that her two addresses were erased is a line of each
                assertThat(ledger.blotted()).isPositive();
            });

            world.now = world.now.plus(Duration.ofHours(2));
            Hosts.await(() -> world.sms.sent.size() == 3);
            assertThat(world.sms.sent.get(2).to()).hasToString("phone:+84900000177");
        }
    }

    /** Another host has one of her names in its hands; what it is told stays in the database until it lets go. */
    @Test
    void isFinishedByTheNextProcessWhereItWasInterrupted() throws Exception {
        var before = world.open(store("postgresql"));
        try (var other = DriverManager.getConnection(url)) {
            world.liveAsMai(before);
            var customer = before.queries().customer(MAI).orElseThrow().key();
            var busy = Stream.of(Identity.email(EMAIL_OF_MAI), MAI)
                    .map(Key::of)
                    .filter(key -> shard(key) != shard(customer))
                    .findFirst()
                    .orElseThrow();
            other.setAutoCommit(false);
            try (var lock = other.createStatement()) {
                lock.execute("select 1 from throughline_shards where id = " + shard(busy) + " for update");
            }
            var erasing = CompletableFuture.runAsync(() -> before.rights().erase(MAI, "ann", "request 17"));
            Hosts.await(() -> before.queries().customer(MAI).isEmpty());
            before.close();

            assertThat(erasing).failsWithin(Duration.ofSeconds(30));
            assertThat(found("postgresql")).isNotEmpty();
        }
        try (var shop = world.open(store("postgresql"))) {
            Hosts.await(() -> found("postgresql").isEmpty());
            assertThat(shop.verifyLedger().faults()).isEmpty();
        }
    }

    private static int shard(Key key) {
        return Integer.remainderUnsigned(HexFormat.fromHexDigits(Ids.hash(key), 0, 8), PostgresqlDatabase.SHARDS);
    }

    /** Where a page of the file was divided, what it held may stand twice in it. */
    @Test
    void leavesNothingInAFileWhosePagesWereDividedManyTimes() throws Exception {
        try (var shop = world.open(store("sqlite"))) {
            var others = IntStream.range(0, 1_500).mapToObj(i -> Stamp.of("other-" + i, world.now)
                    .identify(
                            Identity.userId("KH-" + (87_400 + i)),
                            Map.of("email", "other" + i + "@example.com", "phone", "+8490" + (1_000_000 + i * 7))));
            var all = others.toList();
            shop.load(all.stream().limit(750));
            world.liveAsMai(shop);
            shop.load(all.stream().skip(750));
            shop.load(IntStream.range(0, 1_500).mapToObj(i -> Stamp.of("order-" + i, world.now)
                    .track(Identity.userId("KH-" + (87_400 + i)), "Order Completed", Map.of("total", i))));

            shop.rights().erase(MAI, "ann", "request 17");

            assertThat(found("sqlite")).isEmpty();
        }
        assertThat(found("sqlite")).isEmpty();
    }

    /** A message that an adapter has in its hands. */
    private CompletableFuture<Void> fly(Throughline shop) {
        var flying = new CompletableFuture<Void>();
        world.sms.gate = flying;
        shop.track(MAI, "Order Completed", Map.of("street", "Maiwenn Street"));
        Hosts.await(() -> shop.health().backlog().get("sending") == 1);
        return flying;
    }

    private Touchpoint late(String id, int seconds) {
        return Stamp.of(id, world.now.minusSeconds(seconds)).track(MAI, "Page Viewed", Map.of("name", "Maiwenn"));
    }

    private static List<Object> seen(Throughline shop, Identity who) {
        var queries = shop.queries();
        return List.of(
                queries.customer(who).orElseThrow(),
                queries.timeline(who),
                queries.decisions(who),
                queries.consents(who));
    }

    /** Those of her traces that are in the database's files, or in any of its rows. */
    private List<String> found(String database) throws Exception {
        return foundIn(database.equals("sqlite") ? files() : rows());
    }

    private static List<String> foundIn(byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return Erased.TRACES.stream()
                .filter(trace -> text.contains(trace.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Of all tests that have run, if they write into a file. */
    private static byte[] log() throws IOException {
        Path log = Path.of("target/test.log");
        return Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    }

    private byte[] files() throws Exception {
        var all = new ByteArrayOutputStream();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.write(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    private byte[] rows() throws Exception {
        var all = new ByteArrayOutputStream();
        try (var connection = DriverManager.getConnection(url);
                var tables = connection.createStatement();
                var names = tables.executeQuery(
                        "select table_name from information_schema.tables where table_schema = current_schema()")) {
            var copies = ((PGConnection) connection).getCopyAPI();
            while (names.next()) {
                copies.copyOut("copy " + names.getString(1) + " to stdout (format binary)", all);
            }
        }
        return all.toByteArray();
    }

    private Store store(String database) {
        if (database.equals("memory")) {
            return new MemoryStore();
        }
        if (database.equals("sqlite")) {
            return JdbcStore.sqlite(folder.resolve("shop.db"));
        }
        if (url.isEmpty()) {
            url = Postgresql.freshSchema();
        }
        return JdbcStore.url(url);
    }
}

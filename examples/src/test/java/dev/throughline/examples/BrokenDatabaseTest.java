// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.engine.Ack;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that cannot be written, are locked or are lost: the caller hears of it, and what can wait is done when they are back. */
@Timeout(120)
class BrokenDatabaseTest {

    private static final String MORNING = "2026-11-23T09:00+07:00";
    private static final String REMINDED = "2026-11-23T10:00+07:00";
    private static final int CUSTOMERS = 30;

    @TempDir
    private Path directory;

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedAtOpenAndAnotherOneWorks() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs a file system that even root cannot write");

        try (var refused = Hosts.at(Database.SQLITE, "jdbc:sqlite:/proc/shop.db", MORNING);
                var hosts = Hosts.on(Database.SQLITE, directory, MORNING)) {
            assertThatThrownBy(() -> refused.open("production"))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("SQLite /proc/shop.db: lock file shop.db.lock cannot be written,"
                            + " expected a writable directory");

            hosts.opened();
            assertThat(hosts.web().track(userId("mai"), "Product Added", Map.of()))
                    .isEqualTo(Ack.APPLIED);
        }
    }

    @Test
    void aLockedFileHoldsACallUpUntilItIsFree() throws SQLException {
        try (Hosts hosts = Hosts.on(Database.SQLITE, directory, MORNING).opened();
                Connection other = DriverManager.getConnection(hosts.url);
                var statement = other.createStatement()) {
            statement.execute("begin immediate");
            var acknowledged = hosts.web()
                    .trackAsync(userId("mai"), "Product Added", Map.of())
                    .toCompletableFuture();
            Hosts.pause(Duration.ofMillis(300));
            assertThat(acknowledged).isNotDone();

            statement.execute("rollback");

            assertThat(acknowledged).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Ack.APPLIED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatabaseThatStaysAwayIsSaidToTheCallerAndTheNextCallWorksWhenItIsBack(boolean isTransient) {
        var fault = new AtomicReference<@Nullable StoreException>();
        try (Hosts hosts = Hosts.on(Database.SQLITE, directory, MORNING)
                .lease(Duration.ofSeconds(4))
                .watching(store -> failing(store, fault))
                .opened()) {
            Identity mai = hosts.customer("mai", "+84 90 000 0001");
            fault.set(new StoreException("SQLite shop.db: the disk is full", isTransient, null));

            assertThatThrownBy(() -> hosts.web().track(mai, "Product Added", Map.of("product", "Bo am chen")))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("SQLite shop.db: the disk is full");
            assertThat(hosts.web()
                            .callback(
                                    "sms-recording",
                                    RecordingSms.inbound("m-1", "+84900000001", "TC", hosts.clock.instant()))
                            .status())
                    .isEqualTo(503);

            fault.set(null);
            hosts.web().track(mai, "Product Added", Map.of("product", "Bo am chen"));
            hosts.clock.moveTo(REMINDED);
            hosts.awaitQuiet();
            assertThat(hosts.sms.sent()).hasSize(1);
        }
    }

    @Test
    void lostConnectionsLoseNoTouchpointAndNoOutcome() {
        String url = Database.POSTGRESQL.fresh(directory) + "&ApplicationName=lost";
        var answers = new CompletableFuture<SendResult>();
        try (Hosts hosts = Hosts.at(Database.POSTGRESQL, url, MORNING).opened()) {
            hosts.sms.answering(message -> answers);
            var customers = new ArrayList<Identity>();
            for (int number = 0; number < CUSTOMERS; number++) {
                customers.add(
                        hosts.customer("customer-" + number, String.format(Locale.ROOT, "+84 90 000 %04d", number)));
            }
            int lost = 0;
            var acknowledgements = new ArrayList<CompletableFuture<Ack>>();
            for (Identity her : customers) {
                acknowledgements.add(hosts.web()
                        .trackAsync(her, "Product Added", Map.of("product", "Bo am chen"))
                        .toCompletableFuture());
                if (acknowledgements.size() % 10 == 0) {
                    lost += disconnected(url);
                }
            }
            assertThat(lost).isPositive();
            assertThat(acknowledgements).allSatisfy(done -> assertThat(done).succeedsWithin(Duration.ofSeconds(20)));

            hosts.clock.moveTo(REMINDED);
            Hosts.await("all slots are busy", () -> hosts.sms.sent().size() == 2 * hosts.sms.slots());
            Hosts.await("a connection is lost", () -> disconnected(url) > 0);
            answers.complete(new SendResult.Accepted(List.of(), null));
            hosts.awaitQuiet();

            assertThat(hosts.sms.sent())
                    .extracting(Outbound::to)
                    .doesNotHaveDuplicates()
                    .hasSize(CUSTOMERS);
            assertThat(customers).allSatisfy(her -> assertThat(hosts.decisions(her))
                    .extracting(decision -> decision.verdict().toString())
                    .containsExactly("SENT"));
        }
    }

    /** Ends all connections of the hosts, as a restart of the server or a broken line does; how many there were. */
    private static int disconnected(String url) {
        try (Connection connection =
                        DriverManager.getConnection(url.replace("ApplicationName=lost", "ApplicationName=ends"));
                var statement = connection.createStatement();
                var ended = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where application_name = 'lost'")) {
            return ended.next() ? ended.getInt(1) : 0;
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** A store that begins nothing while there is a fault. */
    private static Store failing(Store store, AtomicReference<@Nullable StoreException> fault) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    StoreException thrown = fault.get();
                    if (thrown != null && method.getName().equals("begin")) {
                        throw thrown;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}

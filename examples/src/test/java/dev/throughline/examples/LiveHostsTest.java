// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Throughline;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Ack;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hosts owe each other and their customers when adapters fail, hosts close, and everything happens at once. */
@Timeout(120)
class LiveHostsTest {

    private static final String PHONE = "+84 90 000 0001";
    private static final String MORNING = "2026-11-23T09:00+07:00";
    private static final String REMINDED = "2026-11-23T10:00+07:00";

    @TempDir
    private Path directory;

    @Test
    void sendEachMessageOnceUnderLoadOnBothHosts() {
        int customers = 300;
        try (Hosts hosts = Hosts.on(Database.POSTGRESQL, directory, MORNING).opened()) {
            var acknowledgements = new ArrayList<CompletableFuture<Ack>>();
            for (int number = 0; number < customers; number++) {
                hosts.customer("customer-" + number, phone(number));
            }
            for (int number = 0; number < customers; number++) {
                for (Throughline host : List.of(hosts.web(), hosts.till())) {
                    acknowledgements.add(host.trackAsync(
                                    userId("customer-" + number), "Product Added", Map.of("product", "Bo am chen"))
                            .toCompletableFuture());
                }
            }
            acknowledgements.forEach(CompletableFuture::join);
            hosts.clock.moveTo(REMINDED);
            Hosts.await("all are reminded", () -> hosts.sms.sent().size() >= customers);
            hosts.awaitQuiet();

            assertThat(hosts.sms.sent())
                    .extracting(message -> message.to().value())
                    .doesNotHaveDuplicates()
                    .hasSize(customers);
            assertThat(hosts.web().deadLetters().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgeATouchpointThatIsHandedInTwiceAtOnce(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened()) {
            Identity mai = hosts.customer("mai", PHONE);
            Instant now = hosts.clock.instant();
            var touchpoint = new Touchpoint(
                    "pos-1",
                    Touchpoint.Call.TRACK,
                    "Order Completed",
                    List.of(mai),
                    now,
                    now,
                    Map.of(),
                    "till",
                    Origin.LIVE);

            var acknowledgements = IntStream.range(0, 40)
                    .mapToObj(number -> number % 2 == 0 ? hosts.web() : hosts.till())
                    .map(host -> host.recordAsync(touchpoint).toCompletableFuture())
                    .toList();

            assertThat(acknowledgements).allSatisfy(done -> assertThat(done).succeedsWithin(Duration.ofSeconds(20)));
            assertThat(hosts.web().queries().timeline(mai))
                    .filteredOn(seen -> seen.id().equals("pos-1"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takeAnAdapterThatThrowsAsUnknownAndDoNotResend(Database database) {
        var verdicts = remindedBy(database, message -> {
            throw new IllegalStateException("adapter bug");
        });

        assertThat(verdicts).containsExactly("1 UNKNOWN(UNCLASSIFIED)");
    }

    @ParameterizedTest
    @EnumSource
    void takeAnAdapterThatAnswersNothingAsUnknownAndDoNotResend(Database database) {
        var verdicts = remindedBy(database, message -> null);

        assertThat(verdicts).containsExactly("1 UNKNOWN(UNCLASSIFIED)");
    }

    @ParameterizedTest
    @EnumSource
    void takeAFailedFutureAsUnknownAndDoNotResend(Database database) {
        var verdicts = remindedBy(
                database, message -> CompletableFuture.failedFuture(new IllegalStateException("adapter bug")));

        assertThat(verdicts).containsExactly("1 UNKNOWN(UNCLASSIFIED)");
    }

    @ParameterizedTest
    @EnumSource
    void retryWhatWasSurelyNotSent(Database database) {
        var attempts = new AtomicInteger();
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened()) {
            hosts.sms.answering(message -> attempts.incrementAndGet() == 1 ? notSent() : RecordingSms.ACCEPTED);
            Identity mai = remind(hosts);
            hosts.awaitNextDue("2026-11-23T10:01+07:00");
            assertThat(hosts.sms.sent()).hasSize(1);

            hosts.clock.moveTo("2026-11-23T10:01+07:00");
            Hosts.await("it is decided", () -> !hosts.decisions(mai).isEmpty());

            assertThat(hosts.sms.sent()).extracting(Outbound::attempt).containsExactly(1, 2);
            assertThat(hosts.decisions(mai))
                    .extracting(decision -> decision.verdict().toString())
                    .containsExactly("SENT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void goOnWhenAnAdapterNeverAnswersInAllItsSlots(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING)
                .lease(Duration.ofSeconds(2))
                .opened()) {
            hosts.sms.answering(message -> new CompletableFuture<>());
            for (int number = 0; number < 20; number++) {
                hosts.web()
                        .track(
                                hosts.customer("customer-" + number, phone(number)),
                                "Product Added",
                                Map.of("product", "Bo am chen"));
            }
            hosts.clock.moveTo(REMINDED);
            Hosts.await("all are decided", () -> unknown(hosts) == 20);

            assertThat(hosts.sms.sent()).hasSize(20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void awaitWhatIsBeingSentWhenTheyClose(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened()) {
            hosts.sms.answering(message -> CompletableFuture.supplyAsync(
                    () -> new SendResult.Accepted(List.of(), null),
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)));
            Identity mai = remind(hosts);
            Hosts.await("it is being sent", () -> !hosts.sms.sent().isEmpty());
            hosts.closeHosts();

            hosts.open("production");
            assertThat(hosts.decisions(mai))
                    .extracting(decision -> decision.verdict().toString())
                    .containsExactly("SENT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellWhatBecameOfAllThatWasTakenWhenTheyClose(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened()) {
            hosts.sms.answering(message -> {
                Hosts.pause(Duration.ofMillis(200));
                return RecordingSms.ACCEPTED;
            });
            for (int number = 0; number < 8; number++) {
                Identity her = hosts.customer("customer-" + number, phone(number));
                hosts.web().track(her, "Product Added", Map.of("product", "Bo am chen"));
            }
            hosts.clock.moveTo(REMINDED);
            Hosts.await("one is sent", () -> !hosts.sms.sent().isEmpty());
            hosts.closeHosts();
            hosts.sms.answering(message -> RecordingSms.ACCEPTED);
            hosts.opened();
            hosts.awaitQuiet();

            var verdicts = new ArrayList<String>();
            hosts.web()
                    .queries()
                    .decisions(decision -> verdicts.add(decision.verdict().toString()));
            assertThat(verdicts).hasSize(8).containsOnly("SENT");
            assertThat(hosts.sms.sent()).hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void askAProviderToTryAgainWhenTheyAreClosed(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened()) {
            Throughline web = hosts.web();
            web.close();

            var receipt = web.callback("sms-recording", RecordingSms.receipt("r-1", "7"));
            var inbound =
                    web.callback("sms-recording", RecordingSms.inbound("m-1", PHONE, "TC", hosts.clock.instant()));

            assertThat(receipt.status()).isEqualTo(503);
            assertThat(inbound.status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeTwiceAndTakeNothingMore(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened()) {
            Throughline web = hosts.web();
            web.close();
            web.close();

            assertThatThrownBy(() -> web.track(userId("mai"), "Product Added", Map.of()))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("closed: nothing more is taken");
        }
    }

    @ParameterizedTest
    @EnumSource
    void doNotResendWhatWasBeingSentWhenTheProcessEnded(Database database) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING)
                .lease(Duration.ofSeconds(8))
                .opened()) {
            hosts.sms.answering(message -> new CompletableFuture<>());
            Identity mai = remind(hosts);
            Hosts.await("it is being sent", () -> !hosts.sms.sent().isEmpty());
            hosts.closeHosts();

            hosts.opened();
            Hosts.await("it is decided", () -> !hosts.decisions(mai).isEmpty());
            hosts.clock.moveTo("2026-11-27T10:00+07:00");
            hosts.awaitQuiet();

            assertThat(hosts.sms.sent()).hasSize(1);
            assertThat(hosts.decisions(mai))
                    .extracting(decision -> decision.verdict().toString())
                    .containsExactly("UNKNOWN(UNCLASSIFIED)");
        }
    }

    @Test
    void refuseACallThatWouldWaitForItsOwnThreadsTransaction() throws SQLException {
        try (Hosts hosts = Hosts.on(Database.SQLITE, directory, MORNING).opened();
                Connection connection = Database.SQLITE.begin(hosts.url, hosts.store())) {
            Identity mai = hosts.customer("mai", PHONE);
            hosts.web().joining(connection).track(mai, "Order Completed", Map.of("total", 300));

            assertThatThrownBy(() -> hosts.web().track(mai, "Product Added", Map.of()))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("this thread's own transaction holds the write lock of SQLite "
                            + hosts.url.substring("jdbc:sqlite:".length())
                            + " since an input was recorded in it:"
                            + " expected it to commit or roll back before the next call");

            connection.commit();
            assertThat(hosts.web().track(mai, "Product Added", Map.of())).isEqualTo(Ack.APPLIED);
            hosts.awaitQuiet();
            assertThat(hosts.web().queries().timeline(mai))
                    .extracting(Touchpoint::name)
                    .contains("Order Completed", "Product Added");
        }
    }

    @ParameterizedTest
    @EnumSource
    void takeCallsAfterATransactionThatIsRolledBack(Database database) throws SQLException {
        try (Hosts hosts = Hosts.on(database, directory, MORNING).opened();
                Connection connection = database.begin(hosts.url, hosts.store())) {
            Identity mai = hosts.customer("mai", PHONE);
            hosts.web().joining(connection).track(mai, "Order Completed", Map.of("total", 300));
            connection.rollback();

            assertThat(hosts.web().track(mai, "Product Added", Map.of())).isEqualTo(Ack.APPLIED);
        }
    }

    @Test
    void takeACallWithinATransactionOnPostgresqlWhichLocksNobodyOut() throws SQLException {
        try (Hosts hosts = Hosts.on(Database.POSTGRESQL, directory, MORNING).opened();
                Connection connection = Database.POSTGRESQL.begin(hosts.url, hosts.store())) {
            Identity mai = hosts.customer("mai", PHONE);
            hosts.web().joining(connection).track(mai, "Order Completed", Map.of("total", 300));

            assertThat(hosts.web().track(mai, "Product Added", Map.of())).isEqualTo(Ack.APPLIED);
            connection.commit();
        }
    }

    @Test
    void giveUpAReceiptOfNoKnownMessage() {
        try (Hosts hosts = Hosts.on(Database.SQLITE, directory, MORNING).opened()) {
            var answer = hosts.web().callback("sms-recording", RecordingSms.receipt("r-1", "nobody's"));

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    /** Reminds Mai with this adapter; how often it was called, and the verdicts. */
    private List<String> remindedBy(
            Database database, Function<Outbound, @Nullable CompletionStage<SendResult>> answers) {
        try (Hosts hosts = Hosts.on(database, directory, MORNING)
                .lease(Duration.ofSeconds(3))
                .opened()) {
            hosts.sms.answering(answers);
            Identity mai = remind(hosts);
            Hosts.await("it is decided", () -> !hosts.decisions(mai).isEmpty());
            hosts.clock.moveTo("2026-11-23T18:00+07:00");
            hosts.awaitQuiet();
            return hosts.decisions(mai).stream()
                    .map(Decision::verdict)
                    .map(verdict -> hosts.sms.sent().size() + " " + verdict)
                    .toList();
        }
    }

    private static Identity remind(Hosts hosts) {
        Identity mai = hosts.customer("mai", PHONE);
        hosts.web().track(mai, "Product Added", Map.of("product", "Bo am chen"));
        hosts.clock.moveTo(REMINDED);
        return mai;
    }

    private static long unknown(Hosts hosts) {
        var number = new AtomicInteger();
        hosts.web().queries().decisions(decision -> {
            assertThat(decision.verdict().toString()).isEqualTo("UNKNOWN(UNCLASSIFIED)");
            number.incrementAndGet();
        });
        return number.get();
    }

    private static CompletionStage<SendResult> notSent() {
        return CompletableFuture.completedFuture(
                new SendResult.NotSent(FailureCause.UNREACHABLE, Scope.CHANNEL, null, "no route"));
    }

    private static String phone(int number) {
        return String.format(Locale.ROOT, "+84 90 000 %04d", number);
    }
}

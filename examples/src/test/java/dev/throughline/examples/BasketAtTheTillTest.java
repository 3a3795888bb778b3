// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.anonymousId;
import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.KillSwitch;
import dev.throughline.identity.Address;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Exclusion;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mai fills a basket on the web in the evening; the reminder by SMS has to wait for the morning, and in between she pays at a till.
 */
class BasketAtTheTillTest {

    private static final String PHONE = "+84 90 000 0001";
    private static final String EVENING = "2026-11-23T21:30+07:00";
    private static final String LATER = "2026-11-23T22:30+07:00";
    private static final String MORNING = "2026-11-24T07:00+07:00";
    private static final Identity WEB = anonymousId("web-7");
    private static final Exclusion EVERYTHING = new Exclusion(Exclusion.By.EVERYTHING, "");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void doesNotRemindOfWhatWasPaidAtTheTill(Database database) {
        try (Hosts hosts = waiting(database)) {
            hosts.pays(mai(), true);
            hosts.clock.moveTo(MORNING);
            Hosts.await("it is decided", () -> !hosts.decisions(WEB).isEmpty());
            hosts.awaitQuiet();

            assertThat(hosts.sms.sent()).isEmpty();
            assertThat(verdicts(hosts)).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsWhyInEnglishAndVietnamese(Database database) {
        try (Hosts hosts = waiting(database)) {
            hosts.pays(mai(), true);
            Hosts.await("it is decided", () -> !hosts.decisions(WEB).isEmpty());

            var explanation = hosts.web().explain(WEB, Hosts.CAMPAIGN);

            assertThat(explanation.in(Locale.ENGLISH))
                    .contains("2026-11-23 21:30  journey started (Product Added)\n")
                    .contains("2026-11-23 22:30  journey left (Order Completed)\n")
                    .contains("2026-11-23 22:30  basket-reminder (sms): CANCELLED(JOURNEY_EXITED)\n")
                    .contains("✗ hours: 2026-11-23 22:30 in Asia/Ho_Chi_Minh is outside the allowed hours;"
                            + " waits until 2026-11-24 07:00 [vn.sms.window]\n")
                    .endsWith("✗ journey: the customer has left the journey: Order Completed\n");
            assertThat(explanation.in(Locale.forLanguageTag("vi")))
                    .contains("2026-11-23 22:30  basket-reminder (sms): ĐÃ HỦY(JOURNEY_EXITED)\n")
                    .contains("✗ giờ gửi: 2026-11-23 22:30 tại Asia/Ho_Chi_Minh nằm ngoài khung giờ cho phép;"
                            + " chờ đến 2026-11-24 07:00 [vn.sms.window]\n")
                    .endsWith("✗ hành trình: khách hàng đã rời hành trình: Order Completed\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void remindsOnceWhenTheOrderIsRolledBack(Database database) {
        try (Hosts hosts = waiting(database)) {
            hosts.pays(mai(), false);
            hosts.clock.moveTo(MORNING);
            Hosts.await("it is decided", () -> !hosts.decisions(WEB).isEmpty());
            hosts.awaitQuiet();

            assertThat(hosts.sentTo(PHONE)).hasSize(1);
            assertThat(verdicts(hosts)).containsExactly(Verdict.SENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void heedsAStopInBetweenAndConfirmsItOnce(Database database) {
        try (Hosts hosts = waiting(database)) {
            var stop = RecordingSms.inbound("mo-1", PHONE, "TC", hosts.clock.instant());

            assertThat(hosts.till().callback("sms-recording", stop).status()).isEqualTo(200);
            assertThat(hosts.till().callback("sms-recording", stop).status()).isEqualTo(200);
            Hosts.await("it is confirmed", () -> !hosts.sms.sent().isEmpty());
            hosts.clock.moveTo(MORNING);
            hosts.awaitQuiet();

            assertThat(hosts.decisions(WEB))
                    .extracting(decision -> decision.origin().message() + " " + decision.verdict())
                    .containsExactlyInAnyOrder("basket-reminder SKIPPED(WITHDRAWN)", "opt-out-confirmation SENT");
            assertThat(hosts.sms.sent()).hasSize(1);
            assertThat(hosts.web().queries().consents(WEB).get(Address.phone(PHONE)))
                    .extracting(ConsentEvent::type)
                    .startsWith(ConsentEvent.Type.GRANTED)
                    .contains(ConsentEvent.Type.WITHDRAWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void remindsAfterAKillSwitchIsReleased(Database database) {
        try (Hosts hosts = waiting(database)) {
            hosts.till().stop(EVERYTHING, KillSwitch.Mode.HOLD, "Lan", "wrong price");
            hosts.clock.moveTo(MORNING);
            Hosts.await("it is in the outbox", () -> outbox(hosts) == 1);
            Hosts.pause(Duration.ofSeconds(1));
            assertThat(hosts.sms.sent()).isEmpty();

            hosts.web().release(EVERYTHING);
            hosts.awaitQuiet();

            assertThat(hosts.sentTo(PHONE)).hasSize(1);
            assertThat(verdicts(hosts)).containsExactly(Verdict.SENT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatIsPaidOutOfTheOutbox(Database database) {
        try (Hosts hosts = waiting(database)) {
            hosts.till().stop(EVERYTHING, KillSwitch.Mode.HOLD, "Lan", "wrong price");
            hosts.clock.moveTo(MORNING);
            Hosts.await("it is in the outbox", () -> outbox(hosts) == 1);

            hosts.pays(mai(), true);
            hosts.web().release(EVERYTHING);
            hosts.awaitQuiet();

            assertThat(hosts.sms.sent()).isEmpty();
            assertThat(verdicts(hosts)).containsExactly(Verdict.cancelled("JOURNEY_EXITED"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsWhatAKillSwitchDrops(Database database) {
        try (Hosts hosts = waiting(database)) {
            hosts.till().stop(EVERYTHING, KillSwitch.Mode.DROP, "Lan", "wrong price");
            hosts.clock.moveTo(MORNING);
            Hosts.await("it is decided", () -> !hosts.decisions(WEB).isEmpty());
            hosts.web().release(EVERYTHING);
            hosts.awaitQuiet();

            assertThat(hosts.sms.sent()).isEmpty();
            assertThat(verdicts(hosts)).containsExactly(Verdict.cancelled("KILL_SWITCH"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void touchesNothingWhenOpenedAsStaging(Database database) throws SQLException {
        try (Hosts hosts = waiting(database)) {
            hosts.closeHosts();
            var before = rows(hosts);
            var staging = hosts.open("staging");
            hosts.clock.moveTo(MORNING);
            Hosts.pause(Duration.ofSeconds(1));

            assertThatThrownBy(() -> staging.track(WEB, "Order Completed", Map.of()))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("held: the store belongs to environment 'production' and was opened as 'staging';"
                            + " nothing is taken, stepped or sent");
            hosts.closeHosts();
            assertThat(rows(hosts)).isEqualTo(before);
            assertThat(hosts.sms.sent()).isEmpty();
        }
    }

    /** It is half past ten, and the reminder waits for seven o'clock. */
    private Hosts waiting(Database database) {
        Hosts hosts = Hosts.on(database, directory, EVENING).opened();
        hosts.web().link(hosts.customer("mai", PHONE), WEB);
        hosts.web().track(WEB, "Product Added", Map.of("product", "Bo am chen"));
        hosts.clock.moveTo(LATER);
        hosts.awaitNextDue(MORNING);
        return hosts;
    }

    private static Identity mai() {
        return userId("mai");
    }

    private static List<Verdict> verdicts(Hosts hosts) {
        return hosts.decisions(WEB).stream().map(Decision::verdict).toList();
    }

    private static long outbox(Hosts hosts) {
        return hosts.store().backlog().getOrDefault("outbox", 0L);
    }

    /** Every row of every table, as text. */
    private static Map<String, List<String>> rows(Hosts hosts) throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        for (String table : Tables.names(hosts.url)) {
            rows.put(table, Tables.rows(hosts.url, table));
        }
        assertThat(rows).isNotEmpty();
        return rows;
    }
}

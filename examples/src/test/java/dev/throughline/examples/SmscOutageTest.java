// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.examples.servers.SmscAnswer;
import dev.throughline.examples.servers.SmscServer;
import dev.throughline.examples.servers.Submission;
import dev.throughline.identity.Identity;
import dev.throughline.sms.smpp.SmppSms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of texts that an SMSC does not answer, or whose session ends: hosts with their stores and real sessions. */
@Timeout(120)
class SmscOutageTest {

    private static final int CUSTOMERS = 60;
    private static final int WINDOW = 10;
    private static final int SILENT = 7;
    private static final Verdict UNKNOWN = new Verdict(Verdict.Outcome.UNKNOWN, "NETWORK");
    private static final String MORNING = "2026-11-23T09:00+07:00";
    private static final List<String> LATER = List.of(
            "2026-11-23T10:00+07:00",
            "2026-11-23T10:01+07:00",
            "2026-11-23T10:05+07:00",
            "2026-11-23T10:21+07:00",
            "2026-11-23T18:00+07:00");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void exactlyTheUnansweredAreUnknownAndNotResentAndTheRestIsSent(Database database) {
        var silent = someNumbers(11);
        try (var smsc = smsc().answering(submission ->
                        silent.contains(submission.destination()) ? SmscAnswer.SILENCE : SmscAnswer.ACCEPT);
                var hosts = hosts(database, smsc.port())) {
            var decisions = remindedEverybody(hosts);

            assertThat(decisions).hasSize(CUSTOMERS);
            assertThat(numbers(smsc, messages(decisions, UNKNOWN))).isEqualTo(silent);
            assertThat(numbers(smsc, messages(decisions, Verdict.SENT))).isEqualTo(allBut(silent));
            assertThat(smsc.submissions())
                    .extracting(Submission::destination)
                    .doesNotHaveDuplicates()
                    .hasSize(CUSTOMERS);
        }
    }

    @Test
    void whenTheSessionEndsExactlyTheWrittenAndUnansweredAreUnknownAndTheOthersAreSent() throws IOException {
        try (var smsc = smsc();
                var tap = SmppTap.on(smsc).hangingUpAfter(20, WINDOW);
                var hosts = hosts(Database.SQLITE, tap.port())) {
            var decisions = remindedEverybody(hosts);

            assertThat(messages(decisions, UNKNOWN)).hasSize(WINDOW).isEqualTo(tap.unanswered());
            assertThat(messages(decisions, Verdict.SENT)).hasSize(CUSTOMERS - WINDOW);
            assertThat(smsc.submissions())
                    .extracting(submission -> submission.messageId().orElseThrow())
                    .doesNotHaveDuplicates()
                    .containsAll(messages(decisions, Verdict.SENT));
            assertThat(tap.sessions()).isEqualTo(2);
        }
    }

    private static SmscServer smsc() {
        return SmscServer.on(InstantSource.system()).start();
    }

    private Hosts hosts(Database database, int port) {
        return Hosts.on(database, directory, MORNING)
                .lease(Duration.ofSeconds(12))
                .through(() -> SmppSms.at("127.0.0.1", port)
                        .credentials("shop", "shop")
                        .window(WINDOW)
                        .reconnectAfter(Duration.ofMillis(100)))
                .opened();
    }

    /** What became of the reminder to each customer, when nothing is left to be done. */
    private static List<Decision> remindedEverybody(Hosts hosts) {
        var customers = new ArrayList<Identity>();
        for (int number = 0; number < CUSTOMERS; number++) {
            customers.add(hosts.customer("customer-" + number, "+" + phone(number)));
        }
        customers.forEach(her -> hosts.web().track(her, "Product Added", Map.of("product", "Bo am chen")));
        for (String instant : LATER) {
            hosts.clock.moveTo(instant);
            hosts.awaitQuiet();
        }
        return customers.stream().flatMap(her -> hosts.decisions(her).stream()).toList();
    }

    private static Set<String> messages(List<Decision> decisions, Verdict verdict) {
        var messages = new TreeSet<String>();
        decisions.stream()
                .filter(decision -> decision.verdict().equals(verdict))
                .forEach(decision -> messages.add(decision.message().value()));
        return messages;
    }

    /** To whom the SMSC has taken these messages. */
    private static Set<String> numbers(SmscServer smsc, Set<String> messages) {
        var numbers = new TreeSet<String>();
        smsc.submissions().stream()
                .filter(submission ->
                        submission.messageId().filter(messages::contains).isPresent())
                .forEach(submission -> numbers.add(submission.destination()));
        return numbers;
    }

    private static Set<String> someNumbers(long seed) {
        var numbers = new ArrayList<>(allBut(Set.of()));
        Collections.shuffle(numbers, new Random(seed));
        return new TreeSet<>(numbers.subList(0, SILENT));
    }

    private static Set<String> allBut(Set<String> those) {
        var numbers = new TreeSet<String>();
        for (int number = 0; number < CUSTOMERS; number++) {
            numbers.add(phone(number));
        }
        numbers.removeAll(those);
        return numbers;
    }

    private static String phone(int number) {
        return String.format(Locale.ROOT, "8490000%04d", number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.userId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.decision.Decision;
import dev.throughline.examples.servers.SmscAnswer;
import dev.throughline.examples.servers.SmscServer;
import dev.throughline.sms.smpp.SmppSms;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host is killed by SIGKILL, and another one takes over its database; the SMSC sees what both of them send. */
@Timeout(1_800)
class KillTest {

    static final String PHONE = "+84 90 000 0001";
    static final String MORNING = "2026-11-23T09:00+07:00";
    static final String REMINDED = "2026-11-23T10:00+07:00";

    static final Duration LEASE = Duration.ofSeconds(2);

    /** The SMSC may still think about its answer to a host that is dead. */
    private static final int SLOWEST_ANSWER = 100;

    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
    private static final int KILLS = Integer.getInteger("throughline.kills", 3);

    @TempDir
    private Path directory;

    private SmscServer smsc;

    /** What became of the message, and how often the SMSC has seen it. */
    private record End(String verdict, long seen) {}

    @BeforeEach
    void startTheSmsc() {
        smsc = SmscServer.on(InstantSource.system()).start();
    }

    @AfterEach
    void stopTheSmsc() {
        smsc.close();
    }

    static SmppSms smpp(int port) {
        return SmppSms.at("127.0.0.1", port).messageIdTag(SmscServer.MESSAGE_ID_TAG);
    }

    @ParameterizedTest
    @EnumSource
    void beforeSendingIsSentOnceByTheOther(Database database) throws Exception {
        assertThat(killed(database, host -> {})).isEqualTo(new End("SENT", 1));
    }

    @ParameterizedTest
    @EnumSource
    void afterSendingIsUnknownAndNotResent(Database database) throws Exception {
        smsc.answering(submission -> SmscAnswer.SILENCE);

        End end = killed(database, host -> {
            remind(host);
            Hosts.await("the SMSC has it", () -> !smsc.submissions().isEmpty());
        });

        assertThat(end).isEqualTo(new End("UNKNOWN(UNCLASSIFIED)", 1));
    }

    @ParameterizedTest
    @EnumSource
    void atAnyMomentSendsAtMostOnceAndNeverLosesAMessage(Database database) throws Exception {
        var ends = new TreeMap<String, Integer>();
        for (int seed = 0; seed < KILLS; seed++) {
            var random = new Random(seed);
            int answerMillis = random.nextInt(SLOWEST_ANSWER);
            int killMillis = random.nextInt(300);
            smsc.answering(submission -> {
                Hosts.pause(Duration.ofMillis(answerMillis));
                return SmscAnswer.ACCEPT;
            });

            End end = killed(database, host -> {
                remind(host);
                Hosts.pause(Duration.ofMillis(killMillis));
            });

            ends.merge(end.toString(), 1, Integer::sum);
            assertThat(end)
                    .as("killed with seed " + seed)
                    .isIn(new End("SENT", 1), new End("UNKNOWN(UNCLASSIFIED)", 1), new End("UNKNOWN(UNCLASSIFIED)", 0));
        }
        LOG.info("killed {} times on {}: {}", KILLS, database, ends);
    }

    private interface Moment {
        void reach(Process host) throws IOException;
    }

    /** Kills a host at a moment after its reminder is planned, and opens another one. */
    private End killed(Database database, Moment moment) throws IOException, InterruptedException {
        String url = database.fresh(directory);
        Process host = start(database, url);
        try (BufferedReader said = host.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo(MortalHost.READY);
            moment.reach(host);
        } finally {
            host.destroyForcibly().waitFor();
        }
        Decision decision = decision(database, url);
        Hosts.pause(Duration.ofMillis(SLOWEST_ANSWER));
        var id = Optional.of(decision.message().value());
        long seen = smsc.submissions().stream()
                .filter(submission -> submission.messageId().equals(id))
                .count();
        return new End(decision.verdict().toString(), seen);
    }

    private static void remind(Process host) throws IOException {
        host.outputWriter(UTF_8).append('\n').flush();
    }

    /** What the other host says became of the message, a day later. */
    private Decision decision(Database database, String url) {
        smsc.answering(submission -> SmscAnswer.ACCEPT);
        try (Hosts hosts = Hosts.at(database, url, REMINDED).lease(LEASE).through(() -> smpp(smsc.port()))) {
            hosts.open("production");
            Hosts.await("it is decided", () -> !hosts.decisions(userId("mai")).isEmpty());
            hosts.clock.moveTo("2026-11-24T10:00+07:00");
            hosts.awaitQuiet();
            List<Decision> decisions = hosts.decisions(userId("mai"));
            assertThat(decisions).hasSize(1);
            return decisions.get(0);
        }
    }

    private Process start(Database database, String url) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalHost.class.getName(),
                        database.name(),
                        url,
                        String.valueOf(smsc.port()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.userId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host is killed by SIGKILL, and another one takes over its database. */
@Timeout(240)
class KillTest {

    static final String PHONE = "+84 90 000 0001";
    static final String MORNING = "2026-11-23T09:00+07:00";
    static final String REMINDED = "2026-11-23T10:00+07:00";

    static final Duration LEASE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
    private static final int SEEDS = 6;

    @TempDir
    private Path directory;

    private record End(String verdict, int seen) {}

    @ParameterizedTest
    @EnumSource
    void beforeSendingIsSentOnceByTheOther(Database database) throws Exception {
        assertThat(killed(database, 0, MortalHost.READY, Duration.ZERO)).isEqualTo(new End("SENT", 1));
    }

    @ParameterizedTest
    @EnumSource
    void afterSendingIsUnknownAndNotResent(Database database) throws Exception {
        assertThat(killed(database, -1, MortalHost.SENDING, Duration.ZERO))
                .isEqualTo(new End("UNKNOWN(UNCLASSIFIED)", 1));
    }

    @ParameterizedTest
    @EnumSource
    void atAnyMomentSendsAtMostOnceAndNeverLosesAMessage(Database database) throws Exception {
        var ends = new TreeMap<String, Integer>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            End end = killed(database, random.nextInt(100), "", Duration.ofMillis(random.nextInt(300)));
            ends.merge(end.toString(), 1, Integer::sum);

            assertThat(end.verdict).as("verdict with seed " + seed).isIn("SENT", "UNKNOWN(UNCLASSIFIED)");
            assertThat(end.seen)
                    .as("messages that the gateway saw with seed " + seed + ": " + end)
                    .isBetween(end.verdict.equals("SENT") ? 1 : 0, 1);
        }
        LOG.info("killed on {}: {}", database, ends);
    }

    /** Kills a host some time after it has said something (nothing: after its clock was moved), and opens another one. */
    private End killed(Database database, long answerMillis, String after, Duration wait)
            throws IOException, InterruptedException {
        String url = database.fresh(directory);
        Path gateway = Files.createTempFile(directory, "gateway", "");
        Process host = start(database, url, gateway, answerMillis);
        try (BufferedReader said = host.inputReader(UTF_8)) {
            await(said, MortalHost.READY);
            if (!after.equals(MortalHost.READY)) {
                host.outputWriter(UTF_8).append('\n').flush();
            }
            if (after.equals(MortalHost.SENDING)) {
                await(said, MortalHost.SENDING);
            }
            Thread.sleep(wait.toMillis());
        } finally {
            host.destroyForcibly().waitFor();
        }
        return survived(database, url, gateway);
    }

    private static End survived(Database database, String url, Path gateway) throws IOException {
        try (Hosts hosts = Hosts.at(database, url, REMINDED).lease(LEASE)) {
            hosts.open("production");
            Hosts.await("it is decided", () -> !hosts.decisions(userId("mai")).isEmpty());
            hosts.clock.moveTo("2026-11-24T10:00+07:00");
            hosts.awaitQuiet();
            List<String> verdicts = hosts.decisions(userId("mai")).stream()
                    .map(decision -> decision.verdict().toString())
                    .toList();
            assertThat(verdicts).hasSize(1);
            return new End(
                    verdicts.get(0),
                    hosts.sms.sent().size() + Files.readAllLines(gateway, UTF_8).size());
        }
    }

    private static Process start(Database database, String url, Path gateway, long answerMillis) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalHost.class.getName(),
                        database.name(),
                        url,
                        gateway.toString(),
                        String.valueOf(answerMillis))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void await(BufferedReader said, String word) throws IOException {
        String line = said.readLine();
        while (line != null && !line.equals(word)) {
            line = said.readLine();
        }
        assertThat(line).isEqualTo(word);
    }
}

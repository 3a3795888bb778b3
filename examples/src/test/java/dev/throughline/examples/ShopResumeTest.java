// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.examples.servers.SmtpAnswer;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shop goes on where it was stopped, or where it has died. */
@Timeout(600)
class ShopResumeTest {

    private static final int STOPS = 4;
    private static final int KILLS = Integer.getInteger("throughline.kills", 4);

    @TempDir
    private Path directory;

    private static RetailOrders slice;
    private static List<ShopDecision> uninterrupted;

    @BeforeAll
    static void runWithoutInterruption() throws IOException {
        slice = ShopTest.slice(RetailOrders.sample());
        uninterrupted = ShopRun.of(ShopRun.Setup.of(slice, new MemoryStore()))
                .play(happened -> {})
                .decisions();
    }

    private ShopRun resumed() {
        return ShopRun.of(ShopRun.Setup.of(slice, JdbcStore.sqlite(directory.resolve("shop.db"))));
    }

    @Test
    void decidesTheSameIfItIsStoppedInBetween() {
        var random = new Random(7);
        for (int stop = 0; stop < STOPS; stop++) {
            var moments = new AtomicInteger(random.nextInt(100));
            var part = resumed().play(happened -> {}, () -> moments.getAndDecrement() <= 0);
            assertThat(part.isWhole()).isFalse();
        }

        var run = resumed().play(happened -> {});

        assertThat(run.isWhole()).isTrue();
        assertThat(run.resumed()).isNotNull();
        assertThat(run.decisions()).isEqualTo(uninterrupted);
    }

    @Test
    void decidesTheSameButWhatIsUnknownIfItIsKilledInBetween() throws Exception {
        var random = new Random(7);
        for (int kill = 0; kill < KILLS; kill++) {
            diesSending(random.nextInt(40));
        }

        var decisions = resumed().play(happened -> {}).decisions();

        var other = byMessage(decisions);
        other.values().removeAll(uninterrupted);
        System.out.println("The shop was killed " + KILLS + " times: " + other.size() + " of " + decisions.size()
                + " messages are unknown");
        assertThat(other.values())
                .hasSizeGreaterThanOrEqualTo(KILLS)
                .extracting(ShopDecision::verdict)
                .containsOnly("UNKNOWN");
        assertThat(byMessage(decisions).keySet())
                .isEqualTo(byMessage(uninterrupted).keySet());
    }

    /** The same orders in a process that is killed while it sends the mail behind so many. */
    private void diesSending(int mails) throws IOException, InterruptedException {
        var left = new AtomicInteger(mails);
        var reached = new CountDownLatch(1);
        try (var smtp = SmtpServer.on(InstantSource.system())
                .answering(to -> answer(to, left, reached))
                .start()) {
            Process shop = started(smtp.port());
            try {
                reached.await();
            } finally {
                shop.destroyForcibly().waitFor();
            }
        }
    }

    private static SmtpAnswer answer(String to, AtomicInteger left, CountDownLatch reached) {
        if (Scenario.isGone(to)) {
            return SmtpAnswer.REJECT;
        }
        if (left.getAndDecrement() <= 0) {
            reached.countDown();
            Hosts.pause(Duration.ofSeconds(1));
        }
        return SmtpAnswer.ACCEPT;
    }

    private Process started(int smtp) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalShop.class.getName(),
                        "jdbc:sqlite:" + directory.resolve("shop.db"),
                        String.valueOf(smtp))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Map<String, ShopDecision> byMessage(List<ShopDecision> decisions) {
        return new TreeMap<>(decisions.stream().collect(toMap(ShopDecision::message, identity())));
    }
}

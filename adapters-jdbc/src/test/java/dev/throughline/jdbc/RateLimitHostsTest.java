// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.userId;
import static dev.throughline.engine.Role.INGEST;
import static dev.throughline.engine.Role.SEND;
import static dev.throughline.engine.Role.STEP;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.engine.Role;
import dev.throughline.identity.Channel;
import dev.throughline.pool.RateLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A provider takes so many messages in a second, from whatever host. */
@Timeout(60)
class RateLimitHostsTest {

    private static final int PER_SECOND = 50;

    /** Hosts count when they begin to send; between that and the arrival here may lie this much, and no window shows more because of it. */
    private static final Duration SLACK = Duration.ofMillis(300);

    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

    @RegisterExtension
    final Hosts hosts = new Hosts();

    @TempDir
    Path folder;

    @Test
    void twoHostsTogetherSendAllAndNoFasterThanTheLimit() {
        String url = Postgresql.freshSchema();
        plan(host(JdbcStore.url(url), INGEST, STEP), 110);

        host(JdbcStore.url(url), SEND);
        host(JdbcStore.url(url), SEND);

        assertPace(110);
    }

    @Test
    void oneHostOnAFileKeepsItToo() {
        plan(host(JdbcStore.sqlite(folder.resolve("shop.db")), Role.values()), 65);

        assertPace(65);
    }

    private void assertPace(int messages) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> arrivals.size() == messages);
        var sorted = arrivals.stream().sorted().toList();
        long window = Duration.ofSeconds(1).minus(SLACK).toNanos();
        for (int from = 0; from + PER_SECOND < messages; from++) {
            assertThat(sorted.get(from + PER_SECOND) - sorted.get(from))
                    .as("message %s to %s", from, from + PER_SECOND)
                    .isGreaterThan(window);
        }
    }

    private static void plan(Throughline host, int messages) {
        host.recordJsonLines(IntStream.range(0, messages)
                .mapToObj(number -> "{\"type\": \"identify\", \"userId\": \"u" + number
                        + "\", \"traits\": {\"phone\": \"+8490000" + (1000 + number) + "\"}}"));
        var done = new ArrayList<CompletableFuture<?>>();
        for (int number = 0; number < messages; number++) {
            done.add(host.trackAsync(userId("u" + number), "Order Completed", Map.of())
                    .toCompletableFuture());
        }
        done.forEach(CompletableFuture::join);
    }

    private Throughline host(JdbcStore store, Role... roles) {
        return hosts.host(store, t -> t.channel(new Provider(), RateLimit.perSecond(PER_SECOND)), roles);
    }

    private final class Provider implements ChannelAdapter {
        @Override
        public String id() {
            return "provider";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public int slots() {
            return 100;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            arrivals.add(System.nanoTime());
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}

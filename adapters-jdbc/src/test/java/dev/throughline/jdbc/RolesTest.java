// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.userId;
import static dev.throughline.engine.Role.INGEST;
import static dev.throughline.engine.Role.SEND;
import static dev.throughline.engine.Role.STEP;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.jdbc.Hosts.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Throughline;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Receiver;
import dev.throughline.channel.SendResult;
import dev.throughline.decision.Verdict;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Role;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that share the work on one store. */
@Timeout(60)
class RolesTest {

    @RegisterExtension
    final Hosts hosts = new Hosts();

    @TempDir
    Path folder;

    @Test
    void sendOnceWhatOneTakesAnotherStepsAndAThirdSends() {
        String url = Postgresql.freshSchema();
        var phones = new Dialled();
        var quiet = new Dialled();
        var web = host(url, quiet, INGEST);
        var worker = host(url, quiet, STEP);
        host(url, phones, SEND);

        for (int number = 0; number < 40; number++) {
            assertThat(web.identify(userId("u" + number), Map.of("phone", "+8490000" + (1000 + number))))
                    .isEqualTo(Ack.RECORDED);
            assertThat(web.track(userId("u" + number), "Order Completed", Map.of()))
                    .isEqualTo(Ack.RECORDED);
        }

        await(() -> phones.sent.size() == 40);
        await(() -> List.of("outbox", "sending", "inbox", "told").stream()
                .allMatch(where -> worker.health().backlog().get(where) == 0));
        assertThat(phones.sent).doesNotHaveDuplicates().hasSize(40);
        assertThat(quiet.sent).isEmpty();
        assertThat(quiet.listening).isFalse();
        assertThat(web.queries().decisions(userId("u7")))
                .extracting(decision -> decision.verdict().outcome())
                .containsExactly(Verdict.Outcome.SENT);
    }

    @Test
    void holdBackMessagesForWhatIsTakenAndNotStepped() {
        String url = Postgresql.freshSchema();
        var phones = new Dialled();
        var web = host(url, new Dialled(), INGEST);
        var worker = host(url, new Dialled(), STEP);
        for (String name : List.of("mai", "lan")) {
            String phone = name.equals("mai") ? "+84900000001" : "+84900000002";
            web.identify(userId(name), Map.of("phone", phone));
            web.track(userId(name), "Order Completed", Map.of());
        }
        await(() -> worker.health().backlog().get("outbox") == 2);
        worker.close();
        web.track(userId("mai"), "Page Viewed", Map.of());

        host(url, phones, SEND);
        await(() -> phones.sent.contains("+84900000002"));
        assertThat(phones.sent).containsExactly("+84900000002");

        host(url, new Dialled(), STEP);
        await(() -> phones.sent.contains("+84900000001"));
    }

    @Test
    void refuseTouchpointsWhereNobodyIsToHandThemIn() {
        var worker = host(Postgresql.freshSchema(), new Dialled(), STEP, SEND);

        assertThatThrownBy(() -> worker.track(userId("mai"), "Order Completed", Map.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("this host has the roles [STEP, SEND]: expected touchpoints to be handed to one with"
                        + " INGEST");
        assertThat(worker.health().roles()).containsExactly(STEP, SEND);
    }

    @Test
    void areAllOfThemOnAFile() {
        assertThatThrownBy(() -> host(JdbcStore.sqlite(folder.resolve("shop.db")), new Dialled(), INGEST, STEP))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("Throughline cannot be opened; it needs\n"
                        + "  - roles: all of [INGEST, STEP, SEND] on a store that is for one host, not only"
                        + " [INGEST, STEP]");
    }

    private Throughline host(String url, ChannelAdapter adapter, Role... roles) {
        return host(JdbcStore.url(url), adapter, roles);
    }

    private Throughline host(Store store, ChannelAdapter adapter, Role... roles) {
        return hosts.host(store, t -> t.channel(adapter), roles);
    }

    /** Notes what it is asked to do. */
    private static final class Dialled implements ChannelAdapter {
        final Queue<String> sent = new ConcurrentLinkedQueue<>();
        volatile boolean listening;

        @Override
        public String id() {
            return "phones";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public void listen(Receiver receiver) {
            listening = true;
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.add(message.to().value());
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}

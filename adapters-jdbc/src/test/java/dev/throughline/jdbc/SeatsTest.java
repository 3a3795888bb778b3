// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.first;
import static dev.throughline.Words.userId;
import static dev.throughline.engine.Role.INGEST;
import static dev.throughline.engine.Role.SEND;
import static dev.throughline.engine.Role.STEP;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.jdbc.Hosts.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Health;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.engine.Role;
import dev.throughline.identity.Channel;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A provider lets only some of the hosts connect. */
@Timeout(60)
class SeatsTest {

    private final String url = Postgresql.freshSchema();

    @RegisterExtension
    final Hosts hosts = new Hosts();

    private int customers;

    @Test
    void onlySoManyHostsSendAndAnotherFollowsWhoeverEnds() {
        var shop = host(new Account(1), INGEST, STEP);
        var one = new Account(1);
        var first = host(one, SEND);
        await(() -> waits(first).isEmpty());
        var two = new Account(1);
        var second = host(two, SEND);
        await(() -> !waits(second).isEmpty());

        send(shop, 5);
        await(() -> one.sent.get() == 5);
        assertThat(waits(second)).isEqualTo("waits for a seat: other hosts have them all");
        first.close();
        send(shop, 5);

        await(() -> two.sent.get() == 5);
        assertThat(one.sent).hasValue(5);
    }

    @Test
    void takesTheSeatOfAHostThatHasDiedWhenItsLeaseIsOver() throws SQLException {
        var shop = host(new Account(1), INGEST, STEP);
        sql("insert into throughline_settings (name, value)"
                + " select 'seats/account', 'dead=' || to_char(clock_timestamp() at time zone 'UTC' + interval '2 s',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
        var heir = new Account(1);
        var host = host(heir, SEND);
        await(() -> !waits(host).isEmpty());
        send(shop, 1);

        await(() -> heir.sent.get() == 1);
        assertThat(waits(host)).isEmpty();
    }

    @Test
    void leavesItsConnectionWhenItHasLostItsSeat() throws SQLException {
        var account = new Account(1);
        host(account, SEND);
        await(() -> settings().contains("="));
        sql("update throughline_settings set value = 'other=2100-01-01T00:00:00Z' where name = 'seats/account'");

        await(() -> account.left.get() == 1);
    }

    @Test
    void doesNotCountHostsThatDoNotSend() {
        var shop = host(new Account(1), INGEST, STEP);
        send(shop, 1);

        assertThat(settings()).isEmpty();
        assertThat(waits(shop)).isEmpty();
    }

    private void send(Throughline shop, int number) {
        for (int each = 0; each < number; each++) {
            var who = userId("u" + ++customers);
            shop.identify(who, Map.of("phone", "+8490000" + (1000 + customers)));
            shop.track(who, "Order Completed", Map.of());
        }
    }

    private static String waits(Throughline host) {
        return host.health().adapters().get("account").detail();
    }

    private String settings() {
        try (var connection = DriverManager.getConnection(url);
                var rows = connection
                        .createStatement()
                        .executeQuery("select value from throughline_settings where name = 'seats/account'")) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    private Throughline host(ChannelAdapter adapter, Role... roles) {
        return hosts.host(JdbcStore.url(url), t -> t.channel(adapter), roles);
    }

    private record Account(int seats, AtomicInteger sent, AtomicInteger left) implements ChannelAdapter {

        Account(int seats) {
            this(seats, new AtomicInteger(), new AtomicInteger());
        }

        @Override
        public String id() {
            return "account";
        }

        @Override
        public Channel channel() {
            return SMS;
        }

        @Override
        public void leave() {
            left.incrementAndGet();
        }

        @Override
        public Health health() {
            return new Health(Health.State.UP, "");
        }

        @Override
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            sent.incrementAndGet();
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}

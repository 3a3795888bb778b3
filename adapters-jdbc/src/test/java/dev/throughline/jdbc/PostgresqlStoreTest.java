// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Rows.MAI;
import static dev.throughline.jdbc.Rows.MAIS_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.StoreException;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresqlStoreTest {

    private static final String KILL_OTHERS =
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                    + " and state like 'idle in transaction%'";

    private String url;
    private JdbcStore store;

    @BeforeEach
    void make() {
        url = Postgresql.freshSchema();
        store = JdbcStore.url(url);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void saysThatTheServerCannotBeReachedWithoutThePassword() {
        var lost = JdbcStore.url("jdbc:postgresql://127.0.0.1:1/shop?user=mai&password=s3cret");

        assertThatThrownBy(() -> lost.open(Rows.codecs()))
                .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                        .isTrue())
                .hasMessageStartingWith("PostgreSQL 127.0.0.1:1/shop: could not connect: the connection was lost (")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesAUrlOfAnotherDatabase() {
        assertThatThrownBy(() -> JdbcStore.url("jdbc:mysql://u:pw@host/shop?password=s3cret"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("store 'host/shop': expected a URL that begins with jdbc:sqlite: or jdbc:postgresql:");
    }

    @Test
    void refusesTablesOfALaterVersion() throws SQLException {
        store.open(Rows.codecs());
        execute("update throughline_schema set version = 2");

        assertThatThrownBy(() -> JdbcStore.url(url).open(Rows.codecs()))
                .hasMessageEndingWith(": its tables are of version 2, and this release of Throughline"
                        + " knows versions up to 1: expected the release that has upgraded them, or a later one");
    }

    @Test
    void refusesATableThatIsNotOurs() throws SQLException {
        execute("create table throughline_outbox (id text)");

        assertThatThrownBy(() -> store.open(Rows.codecs()))
                .hasMessageEndingWith(": it has a table 'throughline_outbox' but no table 'throughline_schema',"
                        + " expected Throughline's tables or none: give them another prefix");
    }

    @Test
    void refusesAnotherNumberOfShardsThanTheTablesWereMadeWith() {
        store.withShards(64).open(Rows.codecs());

        assertThatThrownBy(() -> JdbcStore.url(url).withShards(128).open(Rows.codecs()))
                .hasMessageEndingWith(
                        ": it has 64 shards, expected 128: their number is fixed when the tables are created");
        store.open(Rows.codecs());
        Rows.change(store, changes -> changes.change(MAI, "state"));
        assertThat(store.peek(MAI)).contains("state");
    }

    @Test
    void isMadeOnceByHostsThatOpenItAtTheSameTime() throws Exception {
        var hosts = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 6; i++) {
            hosts.add(CompletableFuture.runAsync(() -> {
                try (var host = JdbcStore.url(url)) {
                    host.open(Rows.codecs());
                    Rows.change(host, changes -> changes.settings().put("a", "1"));
                }
            }));
        }
        for (CompletableFuture<Void> host : hosts) {
            host.get(30, TimeUnit.SECONDS);
        }

        store.open(Rows.codecs());
        assertThat(store.settings()).containsEntry("a", "1");
    }

    @Test
    void worksOnAPoolOfTheHosts() throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(2);
        try (var pool = new HikariDataSource(config);
                var host = JdbcStore.postgresql(pool)) {
            host.open(Rows.codecs());
            for (int i = 0; i < 20; i++) {
                String text = "state " + i;
                Rows.change(host, changes -> changes.change(MAI, text));
            }

            assertThat(host.peek(MAI)).contains("state 19");
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    @Test
    void takesItsKeysFromAUnitThatHangsAndRefusesWhatItWritesAfterwards() throws Exception {
        store.open(Rows.codecs());
        try (Unit hanging = store.begin()) {
            hanging.claim(Set.of(MAI), true);

            Rows.change(store, changes -> changes.change(MAI, "of the other"));

            var late = Changes.none();
            late.change(MAI, "too late");
            assertThatThrownBy(() -> hanging.commit(late))
                    .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                            .isTrue());
        }
        assertThat(store.peek(MAI)).contains("of the other");
    }

    @Test
    void endsHangingUnitsOnAPoolAndLeavesItsSessionsAsTheyAre() throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        try (var pool = new HikariDataSource(config);
                var host = JdbcStore.postgresql(pool)) {
            host.open(Rows.codecs());
            try (Unit unit = host.begin()) {
                assertThat(patience(((PostgresqlUnit) unit).session.connection)).isEqualTo("5s");
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(patience(connection)).isEqualTo("0");
            }
        }
    }

    @Test
    void leavesTheHostsTransactionsAllTheTimeTheyNeed() throws SQLException {
        store.open(Rows.codecs());

        try (Connection connection = store.connection()) {
            assertThat(patience(connection)).isEqualTo("0");
        }
    }

    private static String patience(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var answer = statement.executeQuery("show idle_in_transaction_session_timeout")) {
            answer.next();
            return answer.getString(1);
        }
    }

    @Test
    void losesNothingButTheUnitWhoseConnectionIsKilled() throws SQLException {
        store.open(Rows.codecs());
        Rows.change(store, changes -> {
            changes.change(MAI, "before");
            changes.timersSet().add(new Timer(MAI, "wait", Rows.NOON));
        });

        try (Unit unit = store.begin()) {
            unit.takeDue(Rows.NOON, 10);
            execute(KILL_OTHERS);

            assertThatThrownBy(() -> unit.load(List.of(MAI)))
                    .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                            .isTrue());
        }

        assertThat(store.nextDue()).contains(Rows.NOON);
        Rows.change(store, changes -> changes.change(MAI, "after"));
        assertThat(store.peek(MAI)).contains("after");
    }

    @Test
    void readsOnWhenItsIdleConnectionsWereKilled() throws SQLException {
        store.open(Rows.codecs());
        Rows.change(store, changes -> changes.change(MAI, "before"));
        try (Unit unit = store.begin()) {
            assertThat(unit.settings()).isEmpty();
            assertThat(store.peek(MAI)).contains("before");
        }

        execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state = 'idle'");

        assertThat(store.peek(MAI)).contains("before");
        assertThat(store.backlog()).containsEntry("outbox", 0L);
    }

    @Test
    void saysThatACommitWasLostWithItsConnection() throws SQLException {
        store.open(Rows.codecs());

        try (Unit unit = store.begin()) {
            unit.claim(Set.of(MAI), true);
            execute(KILL_OTHERS);

            assertThatThrownBy(() -> unit.commit(Changes.none()))
                    .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                            .isTrue());
        }
    }

    @Test
    void freesTheKeysOfAHostThatIsKilledAndWaitsForItsLeases() throws Exception {
        store.open(Rows.codecs());
        Process other = Doomed.on(url);
        try {
            try (Unit unit = store.begin()) {
                assertThat(unit.claim(Set.of(MAI), false)).containsExactly(MAI);
                assertThat(unit.withdraw(Set.of(Rows.message(1), Rows.message(3))))
                        .containsExactly(Rows.message(3));
            }
        } finally {
            other.destroyForcibly().waitFor();
        }

        try (Unit unit = store.begin()) {
            assertThat(unit.claim(Set.of(MAI), true)).isEmpty();
            assertThat(unit.load(List.of(MAI))).containsOnlyNulls();
        }
        assertThat(Rows.take(store, 10))
                .extracting(row -> row.message().id())
                .containsExactly(Rows.message(2), Rows.message(3));
        assertThat(Rows.lapsed(store)).isEmpty();
        execute("update throughline_outbox set lease = clock_timestamp() where owner = 'host' and id like '%1'");
        assertThat(Rows.lapsed(store)).containsExactly(Rows.message(1));
    }

    @Test
    void givesTwoHostsDifferentKeys() {
        store.open(Rows.codecs());
        try (var other = JdbcStore.url(url)) {
            other.open(Rows.codecs());
            Rows.change(store, changes -> {
                for (int i = 0; i < 100; i++) {
                    changes.timersSet().add(new Timer(Key.pool("p" + i), "t", Rows.NOON));
                    changes.told().add(Rows.input(Key.pool("p" + i), i));
                }
            });

            try (Unit one = store.begin();
                    Unit two = other.begin()) {
                List<Timer> first = one.takeDue(Rows.NOON, 30);
                List<Timer> second = two.takeDue(Rows.NOON, 100);

                assertThat(first).hasSize(30);
                assertThat(second).hasSizeBetween(50, 70);
                var keys = new HashSet<>(first.stream().map(Timer::key).toList());
                second.forEach(timer -> assertThat(keys.add(timer.key())).isTrue());
                assertThat(two.takeTold(100))
                        .allSatisfy(
                                each -> assertThat(first).extracting(Timer::key).doesNotContain(each.to()));
            }
        }
    }

    @Test
    void keepsOneOfTwoRowsThatTwoHostsEnqueueUnderOneId() throws Exception {
        store.open(Rows.codecs());
        try (var other = JdbcStore.url(url)) {
            other.open(Rows.codecs());
            for (int round = 0; round < 10; round++) {
                int from = round * 10;
                var one = CompletableFuture.runAsync(() -> enqueue(store, from));
                var two = CompletableFuture.runAsync(() -> enqueue(other, from));
                one.get(30, TimeUnit.SECONDS);
                two.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(store.backlog()).containsEntry("outbox", 100L);
    }

    @Test
    void holdsBackAMessageAsSoonAsAnotherHostHasCommittedAnOrder() throws SQLException {
        store.open(Rows.codecs());
        Rows.change(store, changes -> changes.enqueued().add(Rows.advertisement(1)));
        try (var other = JdbcStore.url(url);
                Connection till = other.connection()) {
            other.open(Rows.codecs());
            till.setAutoCommit(false);
            other.join(till, Rows.input(MAIS_ID, 1), state -> MAI);

            try (Unit sender = store.begin()) {
                sender.settings();
                till.commit();
                assertThat(sender.take(Rows.slots(10))).isEmpty();
            }
        }
    }

    @Test
    void keepsNothingOfACommitThatFailsInTheMiddle() {
        store.open(Rows.codecs());

        assertThatThrownBy(() -> Rows.change(store, changes -> {
                    changes.change(MAI, "state");
                    changes.entries().add(new Entry(Entry.Log.LEDGER, "mai", "l1", Rows.NOON, new Rows.Stranger()));
                }))
                .hasMessageEndingWith("is not registered");

        assertThat(store.peek(MAI)).isEmpty();
    }

    @Test
    void callsADeadlockAFaultThatPasses() {
        var deadlock = new SQLException("ERROR: deadlock detected\n  Detail: Process 1 waits", "40P01");

        var fault = Faults.postgresql("PostgreSQL shop", "commit", deadlock);

        assertThat(fault).hasMessage("PostgreSQL shop: could not commit: ERROR: deadlock detected [40P01]");
        assertThat(fault.isTransient()).isTrue();
    }

    @Test
    void givesItsConnectionBackWhenTheTablesCannotBeCommitted() throws SQLException {
        var closed = new AtomicBoolean();
        try (Connection real = DriverManager.getConnection(url)) {
            Connection failing = proxy(Connection.class, (method, arguments) -> {
                switch (method.getName()) {
                    case "commit" -> throw new SQLException("ERROR: out of shared memory", "53200");
                    case "close" -> closed.set(true);
                    default -> {}
                }
                return method.invoke(real, arguments);
            });
            var other = JdbcStore.postgresql(proxy(DataSource.class, (method, arguments) -> failing));

            assertThatThrownBy(() -> other.open(Rows.codecs()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageEndingWith(": could not commit: ERROR: out of shared memory [53200]");
        }

        assertThat(closed).isTrue();
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                PostgresqlStoreTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments)));
    }

    private static void enqueue(JdbcStore host, int from) {
        Rows.change(host, changes -> {
            for (int i = 0; i < 10; i++) {
                changes.enqueued().add(Rows.advertisement(from + i));
            }
        });
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

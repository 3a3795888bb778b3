// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.store.HostInbox;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.memory.MemoryStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host is owed that keeps its orders in a database of its own: H2 here, and the two that stores are kept in. */
@Timeout(60)
class JdbcInboxTest {

    private static final Identity MAI = userId("mai");
    private static final Message THANKS = Message.transactional(
                    "thanks", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
            .on(SMS, text("Thank you"));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HikariDataSource orders = pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"h2", "sqlite", "postgresql"})
    void takesWhatWasRecordedWithTheOrder(String database) throws SQLException {
        var source =
                switch (database) {
                    case "sqlite" -> pool("jdbc:sqlite:" + folder.resolve("orders.db") + "?busy_timeout=5000");
                    case "postgresql" -> pool(Postgresql.freshSchema());
                    default -> orders;
                };
        var inbox = created(source);
        var host = host(new MemoryStore(), inbox);

        var recorded = transact(source, inbox, "Order Completed", 1);

        assertThat(recorded).isEqualTo(Ack.RECORDED);
        await(() -> timeline(host, MAI).contains("Order Completed"));
        await(() -> count(source, "throughline_handover") == 0);
    }

    @Test
    void takesNothingOfATransactionThatWasUndone() throws SQLException {
        var inbox = created(orders);
        try (var connection = orders.getConnection()) {
            connection.setAutoCommit(false);
            inbox.joining(connection).track(MAI, "Order Completed", Map.of());
            connection.rollback();
        }

        assertThat(inbox.waiting(10)).isEmpty();
    }

    @Test
    void countsOnceWhatIsHandedOverAgainAfterACrash() throws SQLException {
        var inbox = created(orders);
        transact(orders, inbox, "Order Completed", 3);
        execute(orders, "create table before_the_crash as select * from throughline_handover");
        var host = host(new MemoryStore(), inbox);
        await(() -> count(orders, "throughline_handover") == 0);

        execute(orders, "insert into throughline_handover select * from before_the_crash");

        await(() -> count(orders, "throughline_handover") == 0);
        assertThat(timeline(host, MAI)).hasSize(3);
    }

    @Test
    void setsAsideWhatCannotBeTakenAndGoesOn() throws SQLException {
        var inbox = created(orders);
        execute(orders, "insert into throughline_handover (id, body) values ('0', X'FF00')");
        transact(orders, inbox, "Order Completed", 1);
        var host = host(new MemoryStore(), inbox);

        await(() -> timeline(host, MAI).contains("Order Completed"));
        await(() -> inbox.setAside().size() == 1);
        assertThat(inbox.setAside().get("0")).startsWith("cannot be read or stepped: ");
        await(() -> depth(host).setAside() == 1);
        inbox.discard("0");
        assertThat(inbox.setAside()).isEmpty();
        assertThatThrownBy(() -> inbox.retry("0"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "inbox throughline_handover: no row '0' was set aside, expected an id that setAside() tells");
    }

    @Test
    void keepsTheOrderInWhichACustomersTouchpointsWereRecorded() throws SQLException {
        var now = Instant.now();
        var inbox = created(orders).clock(() -> now);
        for (int number = 1; number <= 40; number++) {
            try (var connection = orders.getConnection()) {
                connection.setAutoCommit(false);
                inbox.joining(connection).identify(MAI, Map.of("step", number));
                connection.commit();
            }
        }
        var host = host(new MemoryStore(), inbox);

        await(() -> count(orders, "throughline_handover") == 0);
        assertThat(host.queries().customer(MAI).orElseThrow().profile().traits().get("step"))
                .hasToString("40");
    }

    @Test
    void losesAndDoublesNothingWhenTheLeaderOfSeveralHostsGoes() throws SQLException {
        String url = Postgresql.freshSchema();
        created(orders);
        var first = host(JdbcStore.url(url), JdbcInbox.in(orders));
        var second = host(JdbcStore.url(url), JdbcInbox.in(orders));
        var inbox = JdbcInbox.in(orders);
        for (int number = 0; number < 50; number++) {
            transact(orders, inbox, "Order " + number, 2);
            if (number == 25) {
                first.close();
            }
        }

        await(() -> count(orders, "throughline_handover") == 0);
        assertThat(timeline(second, MAI)).hasSize(100);
    }

    @Test
    void passesTheLeadOnWhenItsHostIsSilent() throws SQLException {
        var dead = created(orders);
        assertThat(dead.lead()).isTrue();
        var other = JdbcInbox.in(orders).silence(Duration.ofMillis(300));

        assertThat(other.lead()).isFalse();
        await(other::lead);
        assertThat(dead.lead()).isFalse();
    }

    @Test
    void passesTheLeadOnAtOnceWhenItsHostResigns() throws SQLException {
        var leader = created(orders);
        var other = JdbcInbox.in(orders);
        assertThat(leader.lead()).isTrue();
        assertThat(other.lead()).isFalse();

        leader.resign();

        assertThat(other.lead()).isTrue();
    }

    @Test
    void keepsItsRowsWhileTheStoreIsDown() throws SQLException {
        var inbox = created(orders);
        var down = new Outage();
        var host = host(down.store(), inbox);
        await(() -> down.begun() > 1);
        down.begin();
        transact(orders, inbox, "Order Completed", 1);
        await(() -> depth(host).waiting() == 1 && down.refused() > 3);

        assertThat(count(orders, "throughline_handover")).isOne();
        down.end();
        await(() -> count(orders, "throughline_handover") == 0);
        assertThat(timeline(host, MAI)).containsExactly("Order Completed");
    }

    @Test
    void tellsHowMuchWaitsAndSinceWhen() throws SQLException {
        var inbox = created(orders);
        Instant before = Instant.now();
        transact(orders, inbox, "Order Completed", 2);

        HostInbox.Depth depth = inbox.depth();

        assertThat(depth.waiting()).isEqualTo(2);
        assertThat(depth.oldest())
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(depth.fault()).isEmpty();
    }

    @Test
    void tellsOfADatabaseThatIsGoneAndTakesOnlyThenNothing() throws SQLException {
        var inbox = created(orders);
        var host = host(new MemoryStore(), inbox);
        execute(orders, "alter table throughline_handover rename to elsewhere");

        await(() -> depth(host).fault().startsWith("inbox throughline_handover: could not "));
        execute(orders, "alter table elsewhere rename to throughline_handover");
        transact(orders, inbox, "Order Completed", 1);
        await(() -> timeline(host, MAI).contains("Order Completed"));
        await(() -> depth(host).fault().isEmpty());
    }

    @Test
    void refusesAConnectionWithoutATransaction() throws SQLException {
        var inbox = created(orders);
        try (var connection = orders.getConnection()) {
            assertThatThrownBy(() -> inbox.joining(connection))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("inbox throughline_handover: the connection is in auto-commit mode, expected one whose"
                            + " transaction the host commits");
        }
    }

    @Test
    void refusesWhatNoHostCouldTakeBeforeItIsRecorded() throws SQLException {
        var inbox = created(orders);
        try (var connection = orders.getConnection()) {
            connection.setAutoCommit(false);
            var calls = inbox.joining(connection);

            assertThatThrownBy(() -> calls.identify(MAI, Map.of("timezone", "nowhere")))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessageContaining("nowhere");
            connection.commit();
        }
        assertThat(inbox.waiting(1)).isEmpty();
    }

    @Test
    void saysAtOpenThatItsTablesAreMissing() {
        var inbox = JdbcInbox.in(orders).table("shop_inbox");

        assertThatThrownBy(() -> host(new MemoryStore(), inbox))
                .isInstanceOf(StoreException.class)
                .hasMessage("inbox shop_inbox: there is no table shop_inbox, expected create() to be called, or what"
                        + " ddl() says to be run, before it is opened");
    }

    @Test
    void saysThatATableOfItsNameIsAnotherOne() throws SQLException {
        execute(orders, "create table shop_inbox (id integer, body varchar(9), note varchar(9))");
        var inbox = JdbcInbox.in(orders).table("shop_inbox");
        String another = "inbox shop_inbox: table shop_inbox is another one, since it lacks some of the columns"
                + " id, body, reason: expected that of an inbox, or another name by table(..)";

        assertThatThrownBy(inbox::create).isInstanceOf(StoreException.class).hasMessage(another);
        assertThatThrownBy(() -> host(new MemoryStore(), inbox)).hasMessage(another);
    }

    @Test
    void livesInTheDatabaseOfTheStoreAsWell() throws SQLException {
        String url = Postgresql.freshSchema();
        var source = pool(url);
        var host = host(JdbcStore.url(url), created(source));

        transact(source, JdbcInbox.in(source), "Order Completed", 1);

        await(() -> timeline(host, MAI).contains("Order Completed"));
    }

    @Test
    void leavesTheStoreFreeWhenAHostCannotBeOpened() {
        Path file = folder.resolve("shop.db");
        assertThatThrownBy(() -> host(JdbcStore.sqlite(file), JdbcInbox.in(orders)))
                .hasMessageContaining("there is no table throughline_handover");

        assertThat(host(JdbcStore.sqlite(file), created(orders)).health().held())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Oracle, Oracle",
        "MySQL, MySQL",
        "MariaDB, MariaDB",
        "Microsoft SQL Server, MSSQLServer",
        "HSQL Database Engine, HSQLDB",
        "PostgreSQL, PostgreSQL"
    })
    void makesItsTablesInTheWordsOfEachDatabase(String product, String mode) throws SQLException {
        var source = pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;MODE=" + mode);
        for (String statement : new InboxDatabase(source, "throughline_handover").statements(product)) {
            execute(source, statement);
        }
        var inbox = JdbcInbox.in(source);
        inbox.create();
        transact(source, inbox, "Order Completed", 2);

        assertThat(inbox.lead()).isTrue();
        assertThat(inbox.waiting(1)).hasSize(1);
    }

    private static JdbcInbox created(HikariDataSource source) {
        var inbox = JdbcInbox.in(source).every(Duration.ofMillis(20));
        inbox.create();
        return inbox;
    }

    /** As many touchpoints of one name in one transaction. */
    private static Ack transact(HikariDataSource source, JdbcInbox inbox, String event, int number)
            throws SQLException {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Ack last = Ack.APPLIED;
            for (int each = 0; each < number; each++) {
                last = inbox.joining(connection).track(MAI, event, Map.of("total", 300));
            }
            connection.commit();
            return last;
        }
    }

    private Throughline host(Store store, JdbcInbox inbox) {
        var host = Throughline.open(t -> t.store(store)
                .environment("test")
                .delivery(Delivery.LIVE)
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .policy(Policy.base())
                .inbox(inbox)
                .campaign(Campaign.named("thank")
                        .journey(j -> j.startOn(event("Order Completed")).send(THANKS, first(SMS)))));
        open.add(host);
        return host;
    }

    private static HostInbox.Depth depth(Throughline host) {
        return host.health().inboxes().get("throughline_handover");
    }

    private static List<String> timeline(Throughline host, Identity who) {
        return host.queries().timeline(who).stream().map(seen -> seen.name()).toList();
    }

    private HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        var pool = new HikariDataSource(config);
        open.add(pool);
        return pool;
    }

    private static long count(HikariDataSource source, String table) throws SQLException {
        try (var connection = source.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(HikariDataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }
}

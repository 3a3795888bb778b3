// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.consent.Grant;
import dev.throughline.decision.Decision;
import dev.throughline.engine.Delivery;
import dev.throughline.identity.Address;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Sender;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.CheckResult;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The hosts of one shop on one database: a web server and the tills; on SQLite one process is both. */
final class Hosts implements AutoCloseable {

    static final String CAMPAIGN = "basket-recovery";

    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, Sender.of("SHOP").registeredUntil(Instant.parse("2036-01-01T00:00:00Z")))
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");
    private static final Message REMINDER = Message.marketing("basket-reminder", SHOP)
            .on(SMS, text("{{ event.product }} dang cho ban"))
            .validFor(Duration.ofDays(2));
    private static final Campaign BASKET = Campaign.named(CAMPAIGN).journey(j -> j.startOn(event("Product Added"))
            .exitOn(event("Order Completed"))
            .delay(hours(1))
            .send(REMINDER, first(SMS)));

    final Database database;
    final String url;
    final TestClock clock;
    final RecordingSms sms = new RecordingSms();
    private Supplier<ChannelAdapter> adapters = () -> sms;
    private final List<JdbcStore> stores = new ArrayList<>();
    private final List<Throughline> open = new ArrayList<>();
    private UnaryOperator<Store> watched = store -> store;
    private Duration lease = Duration.ofMinutes(1);

    private Hosts(Database database, String url, TestClock clock) {
        this.database = database;
        this.url = url;
        this.clock = clock;
    }

    static Hosts on(Database database, Path directory, String now) {
        return at(database, database.fresh(directory), now);
    }

    static Hosts at(Database database, String url, String now) {
        return new Hosts(database, url, new TestClock(now));
    }

    /** All hosts of a shop: two on PostgreSQL, one on SQLite. */
    Hosts opened() {
        createOrders();
        open("production");
        if (database == Database.POSTGRESQL) {
            open("production");
        }
        return this;
    }

    /** A table of the host's own, made beforehand: on SQLite a transaction that is joined has to begin with a write. */
    private void createOrders() {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists orders (customer varchar(100))");
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** Looks at the store's calls. */
    Hosts watching(UnaryOperator<Store> watcher) {
        watched = watcher;
        return this;
    }

    /** Through real adapters, one for each host. */
    Hosts through(Supplier<ChannelAdapter> each) {
        adapters = each;
        return this;
    }

    Hosts lease(Duration time) {
        lease = time;
        return this;
    }

    Throughline open(String environment) {
        JdbcStore store = JdbcStore.url(url);
        Throughline host = Throughline.open(setup -> setup.store(watched.apply(store))
                .environment(environment)
                .delivery(Delivery.LIVE)
                .policy(Policy.vietnam().doNotCall(fresh(clock)))
                .channel(adapters.get())
                .campaign(BASKET)
                .clock(clock)
                .lease(lease));
        stores.add(store);
        open.add(host);
        return host;
    }

    /** Host A. */
    Throughline web() {
        return open.get(0);
    }

    /** Host B, where there is one. */
    Throughline till() {
        return open.get(open.size() - 1);
    }

    JdbcStore store() {
        return stores.get(stores.size() - 1);
    }

    /** A customer of this name and phone, who wants to hear from the shop. */
    Identity customer(String name, String phone) {
        Identity her = userId(name);
        web().identify(her, Map.of("phone", phone));
        web().consent(her)
                .record(Grant.of(ADVERTISING)
                        .on(SMS)
                        .shown(notice("checkout", 3))
                        .method("web form"));
        return her;
    }

    /** The host's transaction, in which an order and its touchpoint commit together or not at all; when it ended, in nanoseconds. */
    long pays(Identity her, boolean commits) {
        try (Connection connection = database.begin(url, store());
                var statement = connection.createStatement()) {
            statement.execute("insert into orders values ('" + her.value() + "')");
            till().joining(connection).track(her, "Order Completed", Map.of("total", 300));
            if (commits) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return System.nanoTime();
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    List<Decision> decisions(Identity her) {
        return web().queries().decisions(her);
    }

    List<Outbound> sentTo(String phone) {
        Address address = Address.phone(phone);
        return sms.sent().stream()
                .filter(message -> message.to().equals(address))
                .toList();
    }

    /** Waits until nothing is on its way and the next timer is that of this instant. */
    void awaitNextDue(String offsetDateTime) {
        Instant due = TestClock.at(offsetDateTime);
        await(
                "the next timer is due at " + offsetDateTime,
                () -> store().nextDue().filter(due::equals).isPresent() && quiet());
    }

    /** Waits until nothing is on its way. */
    void awaitQuiet() {
        await("nothing is on its way", this::quiet);
    }

    private boolean quiet() {
        Map<String, Long> backlog = store().backlog();
        return Stream.of("outbox", "sending", "inbox", "told").allMatch(name -> backlog.getOrDefault(name, 0L) == 0)
                && store().nextDue()
                        .filter(due -> !due.isAfter(clock.instant()))
                        .isEmpty();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited a minute until " + what).isLessThan(end);
            pause(Duration.ofMillis(20));
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    void closeHosts() {
        open.forEach(Throughline::close);
        open.clear();
        stores.clear();
    }

    @Override
    public void close() {
        closeHosts();
    }

    /** A do-not-call list that is always fresh and has nobody on it. */
    static Registry fresh(InstantSource clock) {
        return new Registry() {
            @Override
            public String id() {
                return "nobody";
            }

            @Override
            public CheckResult check(Address address, Channel channel) {
                return CheckResult.clear(clock.instant());
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.Setup;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.engine.Ack;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch.Mode;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Redrive;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Exclusion.By;
import dev.throughline.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer who has got stuck, and stores that are copies, with hosts whose clock the tests move. */
class RepairTest {

    private static final Identity MAI = userId("mai");
    private static final Identity LAN = userId("lan");
    private static final Identity HOA = userId("hoa");
    private static final Exclusion ALL = new Exclusion(By.EVERYTHING, "");
    private static final Brand SHOP = Brand.named("Shop").country("VN").sender(SMS, "SHOP");
    private static final Message CODE =
            Message.transactional("code", SHOP).on(SMS, text("code")).resendWhenUnknown();

    @TempDir
    Path directory;

    private final List<Outbound> provider = new CopyOnWriteArrayList<>();
    private volatile Duration ahead = Duration.ZERO;
    private JdbcStore store;
    private Throughline host;

    @AfterEach
    void close() {
        host.close();
    }

    // One customer.

    @Test
    void letsAJourneyGoOnAtItsTimeWhoseTimersAreLost() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        execute("delete from throughline_timers");
        advance(hours(1).minusMinutes(1));

        var done = host.repair().redrive(MAI, "ann", "her timer was lost");

        assertThat(done.customer())
                .isEqualTo(host.queries().customer(MAI).orElseThrow().id());
        assertThat(damages()).isEmpty();
        assertThat(provider).isEmpty();
        advance(Duration.ofMinutes(1));
        await().until(() -> provider.size() == 1);
        advance(hours(5));
        await().until(() -> said().equals(List.of("shipped", "arrived")));
        assertThat(host.explain(MAI, "order").toString()).contains("redriven (ann: her timer was lost)");
    }

    @Test
    void takesTheIdThatACheckNames() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        execute("delete from throughline_timers where name like 'journeys/%'");
        var named = new ArrayList<String>();
        store.check(damage -> named.add(damage.detail()));
        assertThat(named).hasSize(1);

        host.repair().redrive(CustomerId.parse(named.get(0).split(" ", 3)[1]), "ann", "the check has named her");

        assertThat(damages()).isEmpty();
        var nobody = CustomerId.of(Instant.EPOCH, "nobody");
        assertThatThrownBy(() -> host.repair().redrive(nobody, "ann", "because"))
                .hasMessage("redrive: there is no customer " + nobody + ", expected the id of one");
    }

    @Test
    void changesNothingIfNothingIsWrong() {
        open(JdbcStore.url(Postgresql.freshSchema()));
        orders(MAI);
        advance(hours(1));
        await().until(() -> decisions(MAI).equals(List.of("shipped SENT")));
        long timers = host.health().backlog().get("timers");

        host.repair().redrive(MAI, "ann", "to be sure");
        host.repair().redrive(MAI, "ann", "to be sure");

        await().until(() -> host.health().backlog().get("timers") == timers);
        advance(hours(5));
        await().until(() -> decisions(MAI).equals(List.of("shipped SENT", "arrived SENT")));
        advance(hours(24));
        await().until(() -> decisions(MAI).size() == 3);
        assertThat(said()).containsExactly("shipped", "arrived", "thanks");
        assertThat(host.health().backlog()).containsEntry("dead", 0L).containsEntry("outbox", 0L);
    }

    @Test
    void stepsHerDeadLettersAgainAndNobodyElses() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        orders(LAN);
        dead(MAI);
        dead(LAN);

        var done = host.repair().redrive(MAI, "ann", "the fault is mended");

        assertThat(done.deadLetters()).hasSize(1);
        await().until(() -> host.deadLetters().all().count() == 1);
        assertThat(host.deadLetters().all().map(letter -> letter.envelope().to()))
                .containsExactly(host.queries().customer(LAN).orElseThrow().key());
    }

    @Test
    void refusesWhoIsNotKnown() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));

        assertThatThrownBy(() -> host.repair().redrive(MAI, "ann", "because"))
                .hasMessage("redrive: nobody is known by this userId, expected an identity of a customer");
        assertThatThrownBy(() -> host.repair().redrive(MAI, "ann", " "))
                .hasMessage("redrive by 'ann' because ' ': expected one line each that is not empty");
    }

    // A restored copy.

    @Test
    void sendsNothingAgainThatLeftAfterTheCopyWasMade() {
        restoredAfterADay(
                backup -> store.backup(directory.resolve("copy.db")),
                () -> JdbcStore.sqlite(directory.resolve("copy.db")));
    }

    @Test
    void sendsNothingAgainThatLeftAfterTheExport() {
        var exported = new ByteArrayOutputStream();
        restoredAfterADay(backup -> store.exportTo(exported), () -> {
            JdbcStore shared = JdbcStore.url(Postgresql.freshSchema());
            shared.importFrom(new ByteArrayInputStream(exported.toByteArray()));
            return shared;
        });
    }

    private interface Restoring {
        JdbcStore store();
    }

    private void restoredAfterADay(Consumer<Throughline> copied, Restoring restoring) {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        host.stop(ALL, Mode.HOLD, "ann", "wait");
        host.identify(LAN, Map.of("phone", "+84900000002"));
        host.start("code", LAN, Map.of());
        host.identify(HOA, Map.of("phone", "+84900000003"));
        host.track(HOA, "Order Cancelled", Map.of());
        assertThat(host.health().backlog()).containsEntry("outbox", 2L);
        copied.accept(host);
        host.release(ALL);
        await().until(() -> provider.size() == 2);
        advance(hours(1));
        await().until(() -> provider.size() == 3);
        advance(hours(4));
        await().until(() -> provider.size() == 4);
        advance(hours(1));
        orders(userId("kim"));
        host.close();
        var before = List.copyOf(provider);
        provider.clear();

        open(restoring.store());

        assertThat(host.health().held())
                .startsWith("the store is a copy that was made at ")
                .endsWith(
                        ", and what has been sent since is not known here: expected repair().resumeRestored(who, why),"
                                + " or resumeMoved(who, why) if nothing has worked on the original since");
        assertThatThrownBy(() -> orders(MAI)).hasMessageStartingWith("held: the store is a copy");

        host.repair().resumeRestored("ann", "the disk was lost");

        assertThat(host.health().held()).isEmpty();
        assertThat(decisions(MAI)).containsExactly("shipped UNKNOWN", "arrived UNKNOWN");
        assertThat(decisions(HOA)).containsExactly("sorry UNKNOWN");
        assertThat(provider).isEmpty();
        host.release(ALL);
        advance(hours(24));
        await().until(() -> said().size() == 2 && decisions(MAI).size() == 3);
        assertThat(said()).containsExactlyInAnyOrder("code", "thanks");
        assertThat(decisions(LAN)).containsExactly("code SENT");
        assertThat(before).extracting(Outbound::id).containsAll(ids("code")).doesNotContainAnyElementsOf(ids("thanks"));
        assertThat(store.settings()).doesNotContainKeys("copied", "copied.until", "virtual.present", "virtual.runs");
        assertThat(store.settings().get("copied.last")).endsWith("\tann\tthe disk was lost");
    }

    @Test
    void catchesUpWhereItBrokeOff() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        orders(LAN);
        Path copy = directory.resolve("copy.db");
        store.backup(copy);
        host.close();
        advance(hours(30));
        var left = new AtomicInteger(Integer.MAX_VALUE);
        open(JdbcStore.sqlite(copy, connection -> failing(connection, left)));

        int failures = 0;
        for (boolean done = false; !done; failures += done ? 0 : 1) {
            left.set(2);
            done = isResumed();
        }
        left.set(Integer.MAX_VALUE);

        assertThat(failures).isGreaterThan(3);
        assertThat(decisions(MAI)).containsExactly("shipped UNKNOWN", "arrived UNKNOWN", "thanks UNKNOWN");
        assertThat(decisions(LAN)).isEqualTo(decisions(MAI));
        assertThat(provider).isEmpty();
        assertThat(host.health().held()).isEmpty();
    }

    @Test
    void catchesUpDespiteACustomerWhoCannotBeRead() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        orders(LAN);
        var lan = host.queries().customer(LAN).orElseThrow().key();
        Path copy = directory.resolve("copy.db");
        store.backup(copy);
        host.close();
        advance(hours(30));
        open(JdbcStore.sqlite(copy));
        execute("update throughline_states set body = x'0708' where key = '" + lan + "'");

        host.repair().resumeRestored("ann", "the disk was lost");

        assertThat(decisions(MAI)).containsExactly("shipped UNKNOWN", "arrived UNKNOWN", "thanks UNKNOWN");
        assertThat(host.deadLetters().all().map(letter -> letter.envelope().to()))
                .containsExactly(lan);
        assertThat(host.track(LAN, "Page Viewed", Map.of())).isEqualTo(Ack.RECORDED);
        assertThat(host.deadLetters().all()).hasSize(2);
        assertThat(host.track(MAI, "Page Viewed", Map.of())).isEqualTo(Ack.APPLIED);
    }

    @Test
    void catchesUpOnOneHostAtATime() {
        String url = Postgresql.freshSchema();
        open(JdbcStore.url(url));
        orders(MAI);
        host.close();
        JdbcStore.url(url).restored(Instant.now());
        open(JdbcStore.url(url));
        execute(
                "insert into throughline_settings (name, value) values ('copied.by', 'other' || chr(9) || '2100-01-01T00:00:00Z')");

        assertThatThrownBy(() -> host.repair().resumeRestored("ann", "the disk was lost"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("resumeRestored: another host is at it, until 2100-01-01T00:00:00Z unless it says so again:"
                        + " expected one call for all hosts; this one goes on by itself when the copy does");

        execute(
                "update throughline_settings set value = 'other' || chr(9) || '2000-01-01T00:00:00Z' where name = 'copied.by'");
        host.repair().resumeRestored("ann", "the other host is gone");

        assertThat(host.health().held()).isEmpty();
        assertThat(store.settings()).doesNotContainKey("copied.by");
    }

    private boolean isResumed() {
        try {
            host.repair().resumeRestored("ann", "the disk was lost");
            return true;
        } catch (StoreException brokeOff) {
            assertThat(host.health().held()).startsWith("the store is a copy");
            return false;
        }
    }

    /** One of whose commits, counted down, the last one fails. */
    private static Connection failing(Connection real, AtomicInteger left) {
        var rolledBack = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                RepairTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    boolean ends = method.getName().equals("setAutoCommit") && arguments[0].equals(true);
                    if (ends && !rolledBack.getAndSet(false) && left.decrementAndGet() == 0) {
                        throw new SQLException("the process has ended");
                    }
                    rolledBack.compareAndSet(false, method.getName().equals("rollback"));
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Test
    void goesOnAsBeforeWhereItWasMoved() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        store.backup(directory.resolve("moved.db"));
        host.close();
        advance(hours(2));

        open(JdbcStore.sqlite(directory.resolve("moved.db")));
        assertThat(provider).isEmpty();
        host.repair().resumeMoved("ann", "to a larger disk");

        await().until(() -> decisions(MAI).equals(List.of("shipped SENT")));
        host.close();
        open(JdbcStore.sqlite(directory.resolve("moved.db")));
        assertThat(host.health().held()).isEmpty();
    }

    @Test
    void holdsAStoreOfWhichSomebodySaysThatItWasRestored() {
        open(JdbcStore.url(Postgresql.freshSchema()));
        host.close();
        store.restored(Instant.parse("2026-11-20T02:00:00Z"));

        open(store);

        assertThat(host.health().held()).startsWith("the store is a copy that was made at 2026-11-20T02:00:00Z, ");
    }

    @Test
    void isCheckedWhileItIsHeld() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        orders(MAI);
        orders(LAN);
        store.backup(directory.resolve("copy.db"));
        host.close();
        open(JdbcStore.sqlite(directory.resolve("copy.db")));
        assertThat(damages()).isEmpty();

        execute("delete from throughline_timers where key like 'CUSTOMER/%'");

        assertThat(damages())
                .filteredOn(damage -> damage.kind() == Damage.Kind.WAIT_WITHOUT_TIMER)
                .hasSize(2);
        assertThat(host.health().held()).isNotEmpty();
    }

    @Test
    void letsAllHostsGoOnWhenOneIsToldTo() {
        String url = Postgresql.freshSchema();
        open(JdbcStore.url(url));
        orders(MAI);
        host.close();
        JdbcStore.url(url).restored(Instant.now());
        open(JdbcStore.url(url));
        var one = host;
        try (var other = Throughline.open(setup -> shop(setup, JdbcStore.url(url)));
                var late = Throughline.build(setup -> shop(setup, JdbcStore.url(url)))) {
            assertThat(other.health().held()).startsWith("the store is a copy");

            one.repair().resumeMoved("ann", "to a larger disk");

            await().until(() -> other.health().held().isEmpty());
            other.track(LAN, "Order Completed", Map.of());
            assertThatThrownBy(() -> other.repair().resumeMoved("ann", "once more"))
                    .hasMessage("resume: nothing is held; expected a store that is held because it is a copy");
            assertThatThrownBy(() -> late.repair().resumeMoved("ann", "once more"))
                    .hasMessage("resume: another host has resumed this copy, and this host goes on as well;"
                            + " expected one call for all hosts");
            late.start();
            late.track(HOA, "Order Completed", Map.of());
        }
    }

    @Test
    void goesOnWhenItIsStartedAfterAnotherHostHasResumed() {
        String url = Postgresql.freshSchema();
        open(JdbcStore.url(url));
        host.close();
        JdbcStore.url(url).restored(Instant.now());
        open(JdbcStore.url(url));
        try (var late = Throughline.build(setup -> shop(setup, JdbcStore.url(url)))) {
            host.repair().resumeMoved("ann", "to a larger disk");

            late.start();

            await().until(() -> late.health().held().isEmpty());
        }
    }

    @Test
    void resumesNothingThatIsNoCopy() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));

        assertThatThrownBy(() -> host.repair().resumeRestored("ann", "because"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("resume: nothing is held; expected a store that is held because it is a copy");
    }

    // What happens.

    private void open(JdbcStore opened) {
        store = opened;
        host = Throughline.open(setup -> shop(setup, store));
    }

    private void shop(Setup setup, JdbcStore opened) {
        setup.store(opened)
                .environment("test")
                .delivery(Delivery.LIVE)
                .policy(Policy.base())
                .clock(() -> Instant.now().plus(ahead))
                .channel(new Provider())
                .campaign(Campaign.named("order").journey(j -> j.startOn(event("Order Completed"))
                        .delay(hours(1))
                        .send(message("shipped"), first(SMS))
                        .delay(hours(4))
                        .send(message("arrived"), first(SMS))
                        .delay(hours(24))
                        .send(message("thanks"), first(SMS))))
                .campaign(Campaign.named("cancelled")
                        .journey(j -> j.startOn(event("Order Cancelled")).send(message("sorry"), first(SMS))))
                .campaign(Campaign.named("code").journey(j -> j.startOnCall().send(CODE, first(SMS))));
    }

    private static Message message(String name) {
        return Message.transactional(name, SHOP).on(SMS, text(name));
    }

    private void orders(Identity who) {
        host.identify(
                who,
                Map.of(
                        "phone",
                        "+84900000" + (100 + List.of("mai", "lan", "kim").indexOf(who.value()))));
        host.track(who, "Order Completed", Map.of());
    }

    private void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    /** What the provider has got, in order. */
    private List<String> said() {
        return provider.stream()
                .map(message -> ((TextContent) message.content()).text())
                .toList();
    }

    private List<MessageId> ids(String said) {
        return provider.stream()
                .filter(message -> ((TextContent) message.content()).text().contains(said))
                .map(Outbound::id)
                .toList();
    }

    private List<String> decisions(Identity who) {
        return host.queries().decisions(who).stream()
                .map(decision ->
                        decision.origin().message() + " " + decision.verdict().outcome())
                .toList();
    }

    private void dead(Identity who) {
        var key = host.queries().customer(who).orElseThrow().key();
        var envelope = new Envelope(key, new Input.Received("poison", new Redrive("ann", "once more")), "", 0);
        try (var unit = store.begin()) {
            var changes = Changes.none();
            changes.deadLetters().add(new DeadLetter(envelope, "poison", Instant.now()));
            unit.commit(changes);
        }
    }

    private List<Damage> damages() {
        var found = new CopyOnWriteArrayList<Damage>();
        store.check(found::add);
        return found;
    }

    private void execute(String sql) {
        try (Connection connection = store.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** Takes every message, and remembers it for all hosts. */
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
        public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
            provider.add(message);
            return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
        }
    }
}

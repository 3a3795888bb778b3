// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.jdbc.Damage.Kind.BODY;
import static dev.throughline.jdbc.Damage.Kind.DATABASE;
import static dev.throughline.jdbc.Damage.Kind.LINE_WITHOUT_SUBJECT;
import static dev.throughline.jdbc.Damage.Kind.MESSAGE_WITHOUT_ROW;
import static dev.throughline.jdbc.Damage.Kind.ROW_WITHOUT_MESSAGE;
import static dev.throughline.jdbc.Damage.Kind.ROW_WITHOUT_STATE;
import static dev.throughline.jdbc.Damage.Kind.SCHEMA;
import static dev.throughline.jdbc.Damage.Kind.TIMER_WITHOUT_WAIT;
import static dev.throughline.jdbc.Damage.Kind.WAIT_WITHOUT_TIMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Delivery;
import dev.throughline.engine.KillSwitch;
import dev.throughline.identity.Brand;
import dev.throughline.identity.CustomerId;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.rehearsal.RecordingChannel;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.ring.Key;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Exclusion.By;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of damage is done by hand to a shop in the middle of its story, and is named. */
class CheckTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    private static final Pattern ID = Pattern.compile("(?<=customer )[^ ]{20,}");

    @TempDir
    Path directory;

    private JdbcStore store;
    private Rehearsal shop;

    @AfterEach
    void close() {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void findsNothingInAShopThatIsWell() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));

        assertThat(damages()).isEmpty();
        shop.advance(hours(2));
        assertThat(damages()).isEmpty();
    }

    @Test
    void findsNothingInASharedShopThatIsWell() {
        open(JdbcStore.url(Postgresql.freshSchema()));

        assertThat(damages()).isEmpty();
    }

    @Test
    void namesTimersThatAreMissingOrTooMany() {
        for (JdbcStore each : both()) {
            open(each);
            execute("delete from throughline_timers where name = 'journeys/basket'");
            execute("update throughline_timers set name = 'journeys/other' where name = 'forget'");

            var found = damages();
            assertThat(found)
                    .extracting(Damage::kind, Damage::table, damage -> ID.matcher(damage.detail())
                            .replaceAll("X"))
                    .contains(
                            tuple(WAIT_WITHOUT_TIMER, "states", "customer X waits for timer 'journeys/basket'"),
                            tuple(
                                    WAIT_WITHOUT_TIMER,
                                    "states",
                                    "a contact point of customer X waits for timer 'forget'"),
                            tuple(
                                    TIMER_WITHOUT_WAIT,
                                    "timers",
                                    "a contact point of customer X does not wait for 'journeys/other'"));
            var ids = ID.matcher(found.toString()).results().map(id -> Key.of(CustomerId.parse(id.group())));
            assertThat(ids).isNotEmpty().allMatch(key -> store.peek(key).isPresent());
            shop.close();
        }
    }

    @Test
    void namesRowsOfTheOutboxThatNobodyKnowsAndMessagesWithoutARow() {
        store = JdbcStore.sqlite(directory.resolve("held.db"));
        try (var host = host()) {
            host.stop(new Exclusion(By.EVERYTHING, ""), KillSwitch.Mode.HOLD, "ann", "test");
            host.identify(userId("mai"), Map.of("phone", "+84900000001"));
            host.identify(userId("lan"), Map.of("phone", "+84900000002"));
            host.start("thanks", userId("mai"), Map.of());
            assertThat(store.backlog()).containsEntry("outbox", 1L);
            assertThat(damages(Instant.now())).isEmpty();

            execute("update throughline_outbox set id = 'ffffffffffffffffffffffffffffffff'");
            assertThat(damages(Instant.now())).extracting(Damage::kind).containsExactly(MESSAGE_WITHOUT_ROW);

            execute(
                    "update throughline_states set body = (select body from throughline_states other"
                            + " where other.key like 'CONTACT_POINT/%2') where key = (select contact_point from throughline_outbox)");
            assertThat(damages(Instant.now())).extracting(Damage::kind).contains(ROW_WITHOUT_MESSAGE);
        }
    }

    @Test
    void namesWhatHasNoState() {
        for (JdbcStore each : both()) {
            open(each);
            execute("insert into throughline_members (name, key) values ('segment/vip', 'CUSTOMER/nobody')");
            execute("delete from throughline_states where key like 'CONTACT_POINT/%'");

            List<Damage> found = damages();

            assertThat(found)
                    .filteredOn(damage -> damage.table().equals("members"))
                    .containsExactly(new Damage(ROW_WITHOUT_STATE, "members", 1, "its key has no state"));
            assertThat(found)
                    .filteredOn(damage -> damage.kind() == LINE_WITHOUT_SUBJECT)
                    .hasSize((int) number("throughline_ledger", "true"))
                    .isNotEmpty()
                    .allMatch(damage -> damage.table().equals("ledger"));
            assertThat(found)
                    .filteredOn(damage -> damage.table().equals("routes"))
                    .hasSize((int) number("throughline_routes", "true"));
            assertThat(found)
                    .filteredOn(damage -> damage.table().equals("timers"))
                    .hasSize((int) number("throughline_timers", "key like 'CONTACT_POINT/%'"));
            shop.close();
        }
    }

    @Test
    void namesBodiesThatCannotBeDecoded() {
        for (JdbcStore each : both()) {
            open(each);
            boolean sqlite = each.connection().toString().contains("sqlite");
            String rubbish = sqlite ? "x'0708'" : "'\\x0708'";
            for (String table : List.of("timeline", "decisions", "ledger")) {
                execute("update throughline_" + table + " set body = " + rubbish + " where id = (select max(id) from"
                        + " throughline_" + table + ")");
            }
            execute("update throughline_states set body = " + rubbish + " where key = (select min(key) from"
                    + " throughline_states where key like 'CUSTOMER/%')");

            assertThat(damages())
                    .containsExactlyInAnyOrder(
                            new Damage(
                                    BODY,
                                    "timeline",
                                    number("throughline_timeline", "true"),
                                    "its body cannot be decoded"),
                            new Damage(
                                    BODY,
                                    "decisions",
                                    number("throughline_decisions", "true"),
                                    "its body cannot be decoded"),
                            new Damage(
                                    BODY, "ledger", number("throughline_ledger", "true"), "its body cannot be decoded"),
                            new Damage(
                                    BODY,
                                    "states",
                                    1 + number("throughline_states", "key < 'CUSTOMER/'"),
                                    "the state of a customer cannot be decoded"));
            shop.close();
        }
    }

    @Test
    void namesAnIndexThatIsMissing() {
        for (JdbcStore each : both()) {
            open(each);
            execute("drop index throughline_timers_due");

            assertThat(damages()).containsExactly(new Damage(SCHEMA, "", 0, "throughline_timers_due is missing"));
            shop.close();
        }
    }

    @Test
    void namesAColumnThatIsMissing() {
        for (JdbcStore each : both()) {
            open(each);
            execute("alter table throughline_dead_letters rename column error to fault");

            assertThat(damages()).containsExactly(new Damage(SCHEMA, "dead_letters", 0, "column error is missing"));
            shop.close();
        }
    }

    @Test
    void namesWhatTheFileItselfFinds() throws IOException {
        Path file = directory.resolve("shop.db");
        open(JdbcStore.sqlite(file));
        long page = rootOf("throughline_decisions_subject");
        shop.close();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[4096];
            Arrays.fill(rubbish, (byte) 0x5A);
            bytes.seek((page - 1) * 4096);
            bytes.write(rubbish);
        }
        store = JdbcStore.sqlite(file);
        store.open(Rows.codecs());

        assertThat(damages()).extracting(Damage::kind).contains(DATABASE);
        store.close();
    }

    @Test
    void saysWhatToDo() {
        assertThat(new Damage(WAIT_WITHOUT_TIMER, "states", 17, "customer X waits for timer 'journeys/basket'"))
                .hasToString("wait without timer in states, row 17: customer X waits for timer 'journeys/basket';"
                        + " redrive the customer");
    }

    @Test
    void looksIntoNothingButAnOpenStore() {
        open(JdbcStore.sqlite(directory.resolve("shop.db")));
        JdbcStore other = JdbcStore.sqlite(directory.resolve("other.db"));

        assertThatThrownBy(() -> other.check(damage -> {}))
                .hasMessage("SQLite " + directory.resolve("other.db")
                        + ": no host has opened it, and what its customers wait for is what a host's campaigns say:"
                        + " expected Throughline.build(..) on this store object first, without start()");
    }

    // What happens.

    private List<JdbcStore> both() {
        return List.of(JdbcStore.sqlite(directory.resolve("shop.db")), JdbcStore.url(Postgresql.freshSchema()));
    }

    private void open(JdbcStore opened) {
        store = opened;
        shop = GoldenShop.on(store);
        GoldenShop.morning(shop);
    }

    private Throughline host() {
        var thanks = Message.transactional(
                        "thanks", Brand.named("Shop").country("VN").sender(SMS, "SHOP"))
                .on(SMS, text("Thank you"));
        return Throughline.open(setup -> setup.store(store)
                .environment("test")
                .delivery(Delivery.RECORD)
                .policy(Policy.base())
                .channel(new RecordingChannel(SMS, InstantSource.system()))
                .campaign(Campaign.named("thanks").journey(j -> j.startOnCall().send(thanks, first(SMS)))));
    }

    private List<Damage> damages() {
        return damages(NOW);
    }

    private List<Damage> damages(Instant now) {
        var found = new ArrayList<Damage>();
        long number = store.check(found::add, now);
        assertThat(number).isEqualTo(found.size());
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

    private long rootOf(String index) {
        return answer("select rootpage from sqlite_master where name = '" + index + "'");
    }

    private long number(String table, String condition) {
        return answer("select count(*) from " + table + " where " + condition);
    }

    private long answer(String sql) {
        try (Connection connection = store.connection();
                var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}

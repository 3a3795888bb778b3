// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Rows.MAI;
import static dev.throughline.jdbc.Rows.MAIS_ID;
import static dev.throughline.jdbc.Rows.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.ring.Envelope;
import dev.throughline.store.Changes;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import dev.throughline.store.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row whose body somebody has damaged, at the head of each queue, on both databases. */
class UnreadableRowTest {

    private static final String DAMAGED = " where id = (select min(id) from ";

    @TempDir
    Path directory;

    private List<JdbcStore> both;

    @BeforeEach
    void open() {
        both = List.of(JdbcStore.sqlite(directory.resolve("shop.db")), JdbcStore.url(Postgresql.freshSchema()));
        both.forEach(store -> store.open(Rows.codecs()));
    }

    @AfterEach
    void close() {
        both.forEach(JdbcStore::close);
    }

    @Test
    void letsTheMessagesBehindItBeSent() {
        for (JdbcStore store : both) {
            enqueue(store);

            assertThat(Rows.take(store, 1)).containsExactly(Rows.advertisement(2));
            assertThat(store.backlog())
                    .containsEntry("dead", 1L)
                    .containsEntry("outbox", 0L)
                    .containsEntry("sending", 1L);
            assertThat(named(store)).contains(tuple("outbox", 1L));
        }
    }

    @Test
    void isSetAsideByWhoeverOnlyLooksForMessages() {
        for (JdbcStore store : both) {
            enqueue(store);

            try (Unit unit = store.begin()) {
                assertThat(unit.stale(NOON.plusSeconds(7200), List.of(), 1)).containsExactly(Rows.advertisement(2));
            }
            assertThat(store.backlog()).containsEntry("dead", 1L).containsEntry("outbox", 1L);
        }
    }

    @Test
    void isSetAsideAmongTheMessagesWhoseSenderIsGone() {
        JdbcStore store = both.get(0);
        enqueue(store);
        execute(store, "update throughline_outbox set status = 1, owner = 'gone'");

        assertThat(Rows.lapsed(store)).containsExactly(Rows.message(2));
        assertThat(store.backlog()).containsEntry("dead", 1L).containsEntry("sending", 1L);
    }

    @Test
    void letsTheInputsBehindItBeTaken() {
        for (JdbcStore store : both) {
            tell(store);

            assertThat(taken(store, unit -> unit.takeTold(1))).containsExactly(Rows.input(MAI, 2));
            assertThat(taken(store, unit -> unit.takeInbox(1))).containsExactly(Rows.input(MAIS_ID, 4));
            assertThat(store.backlog())
                    .containsEntry("dead", 2L)
                    .containsEntry("told", 0L)
                    .containsEntry("inbox", 0L);
            assertThat(named(store)).contains(tuple("told", 1L), tuple("inbox", 1L));
        }
    }

    @Test
    void isSetAsideByAUnitThatIsGivenUpAndTakesNothingElse() {
        for (JdbcStore store : both) {
            tell(store);

            try (Unit unit = store.begin()) {
                assertThat(unit.takeTold(10)).hasSize(1);
            }
            assertThat(store.backlog()).containsEntry("dead", 1L).containsEntry("told", 1L);
        }
    }

    @Test
    void isTakenAgainWhenItsBodyWasMended() {
        for (JdbcStore store : both) {
            tell(store);
            byte[] body = Envelope.codec(Rows.codecs().payloads()).encode(Rows.input(MAI, 1));
            assertThat(taken(store, unit -> unit.takeTold(10))).hasSize(1);

            execute(
                    store,
                    "update throughline_told set body = "
                            + bytes(store, HexFormat.of().formatHex(body)) + ", unread = 0");

            assertThat(taken(store, unit -> unit.takeTold(10))).containsExactly(Rows.input(MAI, 1));
            assertThat(store.backlog()).containsEntry("dead", 0L);
        }
    }

    @Test
    void isBroughtToAnotherDatabase() {
        enqueue(both.get(0));
        Rows.take(both.get(0), 1);
        tell(both.get(0));
        taken(both.get(0), unit -> unit.takeTold(1));
        var out = new ByteArrayOutputStream();
        both.get(0).exportTo(out);

        try (JdbcStore other = JdbcStore.url(Postgresql.freshSchema())) {
            other.importFrom(new ByteArrayInputStream(out.toByteArray()));
            other.open(Rows.codecs());

            assertThat(other.backlog()).isEqualTo(both.get(0).backlog()).containsEntry("dead", 2L);
        }
    }

    @Test
    void leavesTheStatesBesideItReadable() {
        for (JdbcStore store : both) {
            Rows.change(store, changes -> {
                changes.change(MAI, "mai");
                changes.change(MAIS_ID, "her id");
            });
            execute(
                    store,
                    "update throughline_states set body = " + bytes(store, "ff00ff") + " where key = '" + MAI + "'");

            try (Unit unit = store.begin()) {
                unit.claim(List.of(MAI, MAIS_ID), true);

                var states = unit.load(List.of(MAI, MAIS_ID));

                assertThat(states.get(1)).isEqualTo("her id");
                assertThat(states.get(0)).isInstanceOfSatisfying(Unreadable.class, state -> assertThat(state.reason())
                        .contains("a state of kind CUSTOMER cannot be read: ")
                        .doesNotContain("mai"));
            }
        }
    }

    @Test
    void letsTimersBehindOneUnderNoKeyFire() {
        for (JdbcStore store : both) {
            Rows.change(store, changes -> {
                changes.timersSet().add(new Timer(MAIS_ID, "nobody's", NOON));
                changes.timersSet().add(new Timer(MAI, "basket", NOON.plusSeconds(1)));
            });
            execute(store, "update throughline_timers set key = 'NOBODY' where name = 'nobody''s'");

            try (Unit unit = store.begin()) {
                assertThat(unit.takeDue(NOON.plusSeconds(2), 10)).hasSize(1);
            }
            assertThat(store.nextDue()).contains(NOON.plusSeconds(1));
            try (Unit unit = store.begin()) {
                assertThat(unit.takeDue(NOON.plusSeconds(2), 1))
                        .extracting(Timer::name)
                        .containsExactly("basket");
                unit.commit(Changes.none());
            }
            assertThat(store.backlog()).containsEntry("timers", 1L);
            var kinds = new ArrayList<Damage.Kind>();
            store.check(damage -> kinds.add(damage.kind()));
            assertThat(kinds).containsExactly(Damage.Kind.ROW_WITHOUT_STATE);
        }
    }

    // What is there.

    private static void enqueue(JdbcStore store) {
        Rows.change(store, changes -> {
            changes.enqueued().add(Rows.advertisement(1));
            changes.enqueued().add(Rows.advertisement(2));
        });
        damage(store, "outbox");
    }

    private static void tell(JdbcStore store) {
        Rows.change(store, changes -> {
            changes.told().add(Rows.input(MAI, 1));
            changes.told().add(Rows.input(MAI, 2));
        });
        try (Connection connection = store.connection()) {
            connection.setAutoCommit(false);
            store.join(connection, Rows.input(MAIS_ID, 3), state -> null);
            store.join(connection, Rows.input(MAIS_ID, 4), state -> null);
            connection.commit();
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        damage(store, "told");
        damage(store, "inbox");
    }

    private static void damage(JdbcStore store, String table) {
        execute(
                store,
                "update throughline_" + table + " set body = " + bytes(store, "ff00ff") + DAMAGED + "throughline_"
                        + table + ")");
    }

    private static List<Envelope> taken(JdbcStore store, Function<Unit, List<Envelope>> taking) {
        try (Unit unit = store.begin()) {
            List<Envelope> taken = taking.apply(unit);
            unit.commit(Changes.none());
            return taken;
        }
    }

    private static List<Tuple> named(JdbcStore store) {
        var named = new ArrayList<Tuple>();
        store.check(damage -> {
            if (damage.kind() == Damage.Kind.BODY) {
                named.add(tuple(damage.table(), damage.row()));
            }
        });
        return named;
    }

    private static String bytes(JdbcStore store, String hex) {
        return store.time().isEmpty() ? "x'" + hex + "'" : "'\\x" + hex + "'";
    }

    private static void execute(JdbcStore store, String sql) {
        try (Connection connection = store.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}

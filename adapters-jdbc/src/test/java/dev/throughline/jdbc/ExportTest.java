// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Rows.MAI;
import static dev.throughline.jdbc.Rows.MAIS_ID;
import static dev.throughline.jdbc.Rows.MAIS_PHONE;
import static dev.throughline.jdbc.Rows.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.engine.Disorder;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Definition;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

    @TempDir
    Path directory;

    @Test
    void bringsAllRowsFromSqliteToPostgresqlAndBack() throws SQLException {
        JdbcStore sqlite = JdbcStore.sqlite(directory.resolve("shop.db"));
        fill(sqlite);
        byte[] first = exported(sqlite);

        JdbcStore shared = JdbcStore.url(Postgresql.freshSchema());
        shared.importFrom(new ByteArrayInputStream(first));
        byte[] second = exported(shared);
        JdbcStore back = JdbcStore.sqlite(directory.resolve("back.db"));
        back.importFrom(new ByteArrayInputStream(second));

        assertThat(rows(second)).isEqualTo(rows(first));
        assertThat(rows(exported(back))).isEqualTo(rows(first));
        assertThat(tables(first))
                .containsExactlyInAnyOrderElementsOf(
                        Table.ALL.stream().map(Table::name).toList());
        shared.close();
    }

    @Test
    void letsTheShopGoOnOnTheOtherDatabaseAsIfNothingHadHappened() {
        JdbcStore sqlite = JdbcStore.sqlite(directory.resolve("shop.db"));
        try (var shop = GoldenShop.on(sqlite)) {
            GoldenShop.morning(shop);
        }
        JdbcStore played = JdbcStore.sqlite(directory.resolve("played.db"));
        played.importFrom(new ByteArrayInputStream(exported(sqlite)));
        JdbcStore shared = JdbcStore.url(Postgresql.freshSchema());
        shared.importFrom(new ByteArrayInputStream(exported(sqlite)));

        var there = GoldenDatabaseTest.evening(GoldenShop.on(shared));

        assertThat(there).isEqualTo(GoldenDatabaseTest.evening(GoldenShop.on(sqlite)));
        assertThat(GoldenDatabaseTest.evening(GoldenShop.on(played))).isEqualTo(there);
    }

    @Test
    void bringsAWholeRandomLifeThere() {
        JdbcStore sqlite = JdbcStore.sqlite(directory.resolve("life.db"));
        new RandomLife(7, true).played(sqlite, Disorder.NONE, true);
        byte[] life = exported(sqlite);

        try (JdbcStore shared = JdbcStore.url(Postgresql.freshSchema())) {
            long number = shared.importFrom(new ByteArrayInputStream(life));

            assertThat(rows(exported(shared))).isEqualTo(rows(life)).hasSize((int) number);
        }
    }

    @Test
    void knowsAllTablesAndColumns() {
        try (JdbcStore store = JdbcStore.sqlite(directory.resolve("shop.db"))) {
            store.open(Rows.codecs());
            var kept = new TreeMap<String, List<String>>();
            try (Connection connection = store.connection();
                    var found = connection
                            .createStatement()
                            .executeQuery("select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c"
                                    + " where m.type = 'table' and m.name like 'throughline%' order by c.cid")) {
                while (found.next()) {
                    kept.computeIfAbsent(
                                    found.getString(1).substring("throughline_".length()), name -> new ArrayList<>())
                            .add(found.getString(2));
                }
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
            kept.remove("schema");
            kept.get("outbox").remove("owner"); // of what is being sent, whose lease is over then
            List.of("told", "inbox", "dead_letters")
                    .forEach(name -> kept.get(name).remove("id"));

            assertThat(Table.ALL.stream().collect(Collectors.toMap(Table::name, Table::names)))
                    .isEqualTo(kept);
        }
    }

    @Test
    void takesWhatWasBeingSentForLost() {
        JdbcStore sqlite = JdbcStore.sqlite(directory.resolve("shop.db"));
        fill(sqlite);
        byte[] all = exported(sqlite);

        try (JdbcStore shared = JdbcStore.url(Postgresql.freshSchema());
                JdbcStore file = JdbcStore.sqlite(directory.resolve("other.db"))) {
            for (JdbcStore store : List.of(shared, file)) {
                store.importFrom(new ByteArrayInputStream(all));
                store.open(Rows.codecs());

                assertThat(Rows.lapsed(store)).containsExactly(Rows.message(1));
                assertThat(store.backlog()).containsEntry("outbox", 1L).containsEntry("sending", 1L);
            }
        }
    }

    @Test
    void findsTheShardOfEachKeyAnew() {
        JdbcStore sqlite = JdbcStore.sqlite(directory.resolve("shop.db"));
        fill(sqlite);

        try (JdbcStore shared = JdbcStore.url(Postgresql.freshSchema()).withShards(7)) {
            shared.importFrom(new ByteArrayInputStream(exported(sqlite)));
            shared.open(Rows.codecs());
            try (Unit unit = shared.begin()) {
                assertThat(unit.takeTold(10)).hasSize(2);
                assertThat(unit.takeInbox(10)).hasSize(1);
                assertThat(unit.takeDue(NOON.plusSeconds(100), 10)).hasSize(2);
                unit.commit(Changes.none());
            }
        }
    }

    @Test
    void keepsNothingOfAFileThatIsCutShort() {
        byte[] all = exportedSample();
        JdbcStore store = JdbcStore.sqlite(directory.resolve("back.db"));
        int lines = lines(all).size();

        assertThatThrownBy(() -> store.importFrom(new ByteArrayInputStream(all, 0, all.length - 30)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("SQLite " + directory.resolve("back.db") + ": import: line " + lines
                        + ": it ends here, expected a last line with a hash: it is cut short; nothing was imported");
        for (int cut = 0; cut < all.length - 1; cut += 97) {
            int length = cut;
            assertThatThrownBy(() -> store.importFrom(new ByteArrayInputStream(all, 0, length)))
                    .isInstanceOf(ThroughlineException.class);
        }
        assertThat(store.importFrom(new ByteArrayInputStream(all)))
                .isEqualTo(rows(all).size());
    }

    @Test
    void keepsNothingOfAFileThatWasChanged() {
        byte[] all = exportedSample();
        String text = new String(all, UTF_8);
        JdbcStore store = JdbcStore.sqlite(directory.resolve("back.db"));

        refused(
                store,
                text.replace("fault in test", "fault in rest"),
                lines(all).size(),
                "the lines before it are not" + " those that were written, for their hash is another one");
        refused(
                store,
                text.replaceFirst("\"due\":", "\"date\":"),
                line(all, "timers"),
                "its due is missing or no LONG," + " expected a row of timers with [key, name, due]");
        refused(
                store,
                text.replaceFirst("\"table\":\"timers\"", "\"table\":\"clocks\""),
                line(all, "timers"),
                "expected a row of one of [dead_letters, decisions, definitions, inbox, ledger, members, outbox, routes,"
                        + " settings, states, timeline, timers, told]");
        refused(
                store,
                text.replaceFirst("\\{\"table\":\"timers\"", "{{\"table\":\"timers\""),
                line(all, "timers"),
                "expected a JSON object, each name in it once");
        refused(
                store,
                text.replaceFirst("\"body\":\"", "\"body\":\"?"),
                2,
                "its body is missing or no BYTES, expected a row of states with [key, body]");
        refused(
                store,
                text.replaceFirst("\"schema\":1", "\"schema\":2"),
                1,
                "it is of tables of version 2, and this release of Throughline knows versions up to 1");
        refused(store, text.replaceFirst("\"version\":1", "\"version\":3"), 1, "it is of version 3, expected 1");
        refused(store, "name,phone\nMai,1\n", 1, "expected a JSON object, each name in it once");
        refused(store, "{}\n", 1, "expected the header of a throughline-export");
        refused(store, text + "more\n", lines(all).size() + 1, "expected nothing after the last line");
        refused(store, text + "more", lines(all).size() + 1, "expected nothing after the last line");

        assertThat(store.importFrom(new ByteArrayInputStream(all)))
                .isEqualTo(rows(all).size());
    }

    @Test
    void importsIntoNothingButAnEmptyStore() {
        byte[] all = exportedSample();
        JdbcStore store = JdbcStore.sqlite(directory.resolve("back.db"));
        store.open(Rows.codecs());
        Rows.change(store, changes -> changes.settings().put("environment", "test"));

        assertThatThrownBy(() -> store.importFrom(new ByteArrayInputStream(all)))
                .hasMessage("SQLite " + directory.resolve("back.db") + ": import: there are rows in settings,"
                        + " expected a store with nothing in it, which no host has opened");
        store.close();
    }

    @Test
    void holdsNoMoreRowsThanOneBatch() {
        var inserted = new AtomicInteger();
        JdbcStore counting = JdbcStore.sqlite(
                directory.resolve("many.db"), connection -> counting(connection, "addBatch", inserted));
        var ahead = new AtomicInteger();
        byte[] many = many();
        counting.importFrom(new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < many.length ? many[at++] : -1;
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                if (at >= many.length) {
                    return -1;
                }
                int read = Math.min(length, Math.min(1000, many.length - at));
                System.arraycopy(many, at, buffer, from, read);
                at += read;
                int given = (int) new String(many, 0, at, UTF_8).lines().count();
                ahead.accumulateAndGet(given - inserted.get(), Math::max);
                return read;
            }
        });
        assertThat(ahead.get()).isBetween(100, 1_000);

        var read = new AtomicInteger();
        JdbcStore lazy =
                JdbcStore.sqlite(directory.resolve("many.db"), connection -> counting(connection, "next", read));
        ahead.set(0);
        lazy.exportTo(new OutputStream() {
            private int lines;

            @Override
            public void write(int each) {
                if (each == '\n') {
                    lines++;
                    ahead.accumulateAndGet(read.get() - lines, Math::max);
                }
            }
        });
        assertThat(read.get()).isGreaterThan(3_000);
        assertThat(ahead.get()).isLessThan(100);
    }

    // What is there.

    private byte[] exportedSample() {
        JdbcStore sqlite = JdbcStore.sqlite(directory.resolve("sample.db"));
        fill(sqlite);
        return exported(sqlite);
    }

    private byte[] many() {
        JdbcStore store = JdbcStore.sqlite(directory.resolve("source.db"));
        store.open(Rows.codecs());
        Rows.change(store, changes -> IntStream.range(0, 3_000)
                .forEach(number -> changes.entries().add(Rows.line(number))));
        byte[] exported = exported(store);
        store.close();
        return exported;
    }

    /** One of each thing at least, among them one message that waits and one that is being sent. */
    private static void fill(JdbcStore store) {
        store.open(Rows.codecs());
        Rows.change(store, changes -> {
            changes.change(MAI, "a customer \u0111\u1eb9p");
            changes.change(MAIS_ID, "an identifier");
            changes.timersSet().add(new Timer(MAI, "wait", NOON.plusSeconds(60)));
            changes.timersSet().add(new Timer(MAIS_PHONE, "forget", NOON.plusNanos(1)));
            changes.enqueued().add(Rows.advertisement(1));
            changes.enqueued().add(Rows.advertisement(2));
            changes.entries().add(Rows.line(1));
            changes.entries().add(Rows.line(2, Entry.Log.DECISIONS));
            changes.entries().add(Rows.line(3, Entry.Log.LEDGER));
            changes.routes().put("provider-1", MAIS_PHONE);
            changes.deadLetters().add(new DeadLetter(Rows.input(MAI, 1), "fault in test", NOON));
            changes.deadLetters().add(new DeadLetter(Rows.input(MAI, 2), "another", NOON));
            changes.settings().put("environment", "test");
            changes.members().put(new Changes.Member("segment/vip", MAI), true);
            changes.definitions().add(new Definition("campaign", "spring", "abc", "{\"a\": 1}", NOON, "ann"));
        });
        assertThat(Rows.take(store, 1)).hasSize(1);
        Rows.change(store, changes -> {
            changes.told().add(Rows.input(MAI, 3));
            changes.told().add(Rows.input(MAIS_ID, 4));
        });
        try (Connection connection = store.connection()) {
            connection.setAutoCommit(false);
            store.join(connection, Rows.input(MAIS_ID, 5), state -> MAI);
            connection.commit();
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        store.close();
    }

    private static byte[] exported(JdbcStore store) {
        var out = new ByteArrayOutputStream();
        store.exportTo(out);
        return out.toByteArray();
    }

    private static List<String> lines(byte[] exported) {
        return new String(exported, UTF_8).lines().toList();
    }

    /** Between the header, which bears an instant, and the last line, which bears the hash of that, too. */
    private static List<String> rows(byte[] exported) {
        var lines = lines(exported);
        return lines.subList(1, lines.size() - 1);
    }

    private static Set<String> tables(byte[] exported) {
        var tables = new TreeSet<String>();
        rows(exported).forEach(row -> tables.add(row.split("\"", -1)[3]));
        return tables;
    }

    private static int line(byte[] exported, String table) {
        var lines = lines(exported);
        return 1
                + IntStream.range(0, lines.size())
                        .filter(number -> lines.get(number).startsWith("{\"table\":\"" + table + "\""))
                        .findFirst()
                        .orElseThrow();
    }

    private void refused(JdbcStore store, String text, int line, String why) {
        assertThatThrownBy(() -> store.importFrom(new ByteArrayInputStream(text.getBytes(UTF_8))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("SQLite " + directory.resolve("back.db") + ": import: line " + line + ": " + why
                        + "; nothing was imported");
    }

    /** Counts the calls of a method on its statements and their results. */
    private static Connection counting(Connection real, String method, AtomicInteger calls) {
        return counting(Connection.class, real, method, calls);
    }

    private static <T> T counting(Class<T> type, T real, String method, AtomicInteger calls) {
        return type.cast(Proxy.newProxyInstance(
                ExportTest.class.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        calls.incrementAndGet();
                    }
                    try {
                        Object made = called.invoke(real, arguments);
                        if (made instanceof PreparedStatement statement) {
                            return counting(PreparedStatement.class, statement, method, calls);
                        }
                        return made instanceof ResultSet found ? counting(ResultSet.class, found, method, calls) : made;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}

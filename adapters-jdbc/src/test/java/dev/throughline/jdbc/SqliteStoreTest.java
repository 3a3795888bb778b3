// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Rows.MAI;
import static dev.throughline.jdbc.Rows.MAIS_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {

    @TempDir
    Path directory;

    private Path file;
    private JdbcStore store;

    @BeforeEach
    void make() {
        file = directory.resolve("shop.db");
        store = JdbcStore.sqlite(file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void refusesAUrlThatIsNoFile() {
        assertThatThrownBy(() -> JdbcStore.url("jdbc:sqlite::memory:"))
                .hasMessage("store 'jdbc:sqlite::memory:': expected the path of a file without parameters;"
                        + " what forgets with the process is MemoryStore");
    }

    @Test
    void refusesADirectoryThatDoesNotExist() {
        var lost = directory.resolve("lost").resolve("shop.db");

        assertThatThrownBy(() -> JdbcStore.sqlite(lost).open(Rows.codecs()))
                .isInstanceOf(StoreException.class)
                .hasMessage("SQLite " + lost + ": directory " + lost.getParent()
                        + " does not exist, expected one that is writable");
    }

    @Test
    void refusesADirectoryInPlaceOfAFile() {
        assertThatThrownBy(() -> JdbcStore.sqlite(directory).open(Rows.codecs()))
                .hasMessage("SQLite " + directory + ": it is a directory, expected a file");
    }

    @Test
    void refusesADirectoryThatCannotBeWritten() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs a file system that even root cannot write");

        assertThatThrownBy(() -> JdbcStore.sqlite(Path.of("/proc/shop.db")).open(Rows.codecs()))
                .hasMessage("SQLite /proc/shop.db: lock file shop.db.lock cannot be written,"
                        + " expected a writable directory");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.writeString(file, "Dear Sir or Madam, ".repeat(500));

        assertThatThrownBy(() -> store.open(Rows.codecs()))
                .hasMessage(
                        "SQLite " + file + ": could not open it: it is not a database, expected a SQLite file or none");
        assertThat(Files.readString(file)).startsWith("Dear Sir");
    }

    @Test
    void saysThatATruncatedFileIsDamaged() throws IOException {
        fill();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }

        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                        .isFalse())
                .hasMessageStartingWith("SQLite " + file + ": could not ")
                .hasMessageEndingWith(": it is damaged, expected an intact database: restore a backup");
    }

    @Test
    void saysThatAnOverwrittenFileIsDamaged() throws IOException {
        fill();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[4096];
            Arrays.fill(rubbish, (byte) 0x5A);
            for (long page = 1; page < bytes.length() / 4096; page++) {
                bytes.seek(page * 4096);
                bytes.write(rubbish);
            }
        }

        assertThatThrownBy(this::readAll)
                .hasMessageEndingWith(": it is damaged, expected an intact database: restore a backup");
    }

    @Test
    void saysThatAReadOnlyDatabaseCannotBeWritten() throws SQLException {
        store.open(Rows.codecs());
        try (Connection connection = store.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma query_only = 1");

            SQLException fault =
                    assertThrows(SQLException.class, () -> statement.execute("delete from throughline_states"));

            assertThat(Faults.sqlite("SQLite shop.db", "write to states", fault))
                    .hasMessage("SQLite shop.db: could not write to states:"
                            + " it is read-only, expected file and directory to be writable");
        }
    }

    @Test
    void saysThatAFileStaysLockedAndThatThisMayPass() throws SQLException {
        store.open(Rows.codecs());
        try (Connection holder = store.connection();
                Statement held = holder.createStatement();
                Connection other = store.connection();
                Statement statement = other.createStatement()) {
            held.execute("begin immediate");
            statement.execute("pragma busy_timeout = 0");

            SQLException fault = assertThrows(SQLException.class, () -> statement.execute("begin immediate"));

            assertThat(Faults.sqlite("SQLite shop.db", "begin a unit of work", fault))
                    .hasMessage(
                            "SQLite shop.db: could not begin a unit of work: another connection holds the write lock,"
                                    + " expected its transaction to end within the busy timeout")
                    .matches(StoreException::isTransient);
        }
    }

    @Test
    void keepsASecondStoreOfThisProcessOut() {
        store.open(Rows.codecs());

        assertThatThrownBy(() -> JdbcStore.sqlite(file).open(Rows.codecs()))
                .hasMessage(
                        "SQLite " + file + ": in use by another store of this process, expected one store per file");
        Rows.change(store, changes -> changes.change(MAI, "still open"));
        assertThat(store.peek(MAI)).contains("still open");
    }

    @Test
    void keepsASecondProcessOutAndTakesOverWhenItIsKilled() throws Exception {
        Process other = Doomed.on("jdbc:sqlite:" + file);
        try {
            assertThatThrownBy(() -> store.open(Rows.codecs()))
                    .hasMessage("SQLite " + file + ": in use by another process, expected one process per file");
        } finally {
            other.destroyForcibly().waitFor();
        }

        store.open(Rows.codecs());

        assertThat(Rows.lapsed(store)).containsExactly(Rows.message(1));
        assertThat(store.peek(MAI)).isEmpty();
        assertThat(Rows.take(store, 10))
                .extracting(row -> row.message().id())
                .containsExactly(Rows.message(2), Rows.message(3));
        assertThat(Rows.lapsed(store)).containsExactly(Rows.message(1));
    }

    @Test
    void refusesTablesOfALaterVersion() throws SQLException {
        store.open(Rows.codecs());
        execute("update throughline_schema set version = 7");
        store.close();

        assertThatThrownBy(() -> store.open(Rows.codecs()))
                .hasMessage("SQLite " + file + ": its tables are of version 7, and this release of Throughline"
                        + " knows versions up to 1: expected the release that has upgraded them, or a later one");
    }

    @Test
    void refusesATableThatIsNotOurs() throws SQLException {
        execute("create table throughline_settings (colour text)");

        assertThatThrownBy(() -> store.open(Rows.codecs()))
                .hasMessage("SQLite " + file + ": it has a table 'throughline_settings' but no table"
                        + " 'throughline_schema', expected Throughline's tables or none: give them another prefix");
    }

    @Test
    void refusesTablesThatAreNotComplete() throws SQLException {
        store.open(Rows.codecs());
        execute("drop table throughline_told");
        store.close();

        assertThatThrownBy(() -> store.open(Rows.codecs()))
                .hasMessage("SQLite " + file + ": it lacks the tables [throughline_told],"
                        + " expected all of version 1: restore a backup");
    }

    @Test
    void livesBesideTheHostsTablesUnderAnotherPrefix() throws SQLException {
        execute("create table throughline_settings (colour text)");
        store = store.withPrefix("tl_");

        store.open(Rows.codecs());
        Rows.change(store, changes -> changes.settings().put("a", "1"));

        assertThat(store.settings()).containsEntry("a", "1");
    }

    @Test
    void saysThatItIsNotOpen() {
        assertThatThrownBy(store::begin).hasMessage("SQLite " + file + ": it is not open, expected open() before use");
    }

    @Test
    void throwsAtOnceWhereAThreadWouldWaitForItself() throws SQLException {
        store.open(Rows.codecs());
        try (Connection host = store.connection()) {
            host.setAutoCommit(false);
            store.join(host, Rows.input(MAIS_ID, 1), state -> null);

            assertThatThrownBy(store::begin)
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("this thread's own transaction holds the write lock of SQLite " + file
                            + " since an input was recorded in it:"
                            + " expected it to commit or roll back before the next call");

            host.commit();
            store.requireFree();
            try (Unit unit = store.begin()) {
                assertThat(unit.takeInbox(10)).hasSize(1);
            }
        }
    }

    @Test
    void throwsWhereATransactionWouldWaitForItsOwnUnit() throws SQLException {
        store.open(Rows.codecs());
        try (Connection host = store.connection();
                Unit unit = store.begin()) {
            host.setAutoCommit(false);

            assertThatThrownBy(() -> store.join(host, Rows.input(MAIS_ID, 1), state -> null))
                    .hasMessage("this thread has a unit of work open, which holds the file's write lock:"
                            + " expected it to be closed before a transaction is joined");
            assertThat(unit.settings()).isEmpty();
        }
    }

    @Test
    void waitsForTheHostsTransaction() throws Exception {
        store.open(Rows.codecs());
        try (Connection host = store.connection()) {
            host.setAutoCommit(false);
            store.join(host, Rows.input(MAIS_ID, 1), state -> null);

            var stepped = CompletableFuture.supplyAsync(() -> {
                try (Unit unit = store.begin()) {
                    return unit.takeInbox(10).size();
                }
            });
            Thread.sleep(200);
            assertThat(stepped).isNotDone();
            host.commit();

            assertThat(stepped.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void commitsTheHostsRowsAndTheInputTogether() throws SQLException {
        store.open(Rows.codecs());
        execute("create table orders (id text)");
        try (Connection host = store.connection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            statement.execute("insert into orders values ('A-17')");
            store.join(host, Rows.input(MAIS_ID, 1), state -> MAI);
            host.rollback();
        }

        assertThat(store.backlog()).containsEntry("inbox", 0L);
        assertThat(count("select count(*) from orders")).isZero();
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
        Rows.change(store, changes -> changes.change(MAI, "later"));
        assertThat(store.peek(MAI)).contains("later");
    }

    private void fill() {
        store.open(Rows.codecs());
        Rows.change(store, changes -> {
            for (int i = 0; i < 2000; i++) {
                changes.entries().add(Rows.line(i));
            }
        });
        store.close();
    }

    private void readAll() {
        store.open(Rows.codecs());
        store.scan(Entry.Log.TIMELINE, line -> {});
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = store.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = store.connection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }
}

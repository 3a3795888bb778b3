// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import static dev.throughline.jdbc.Rows.MAI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Entry;
import dev.throughline.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final int LINES = 5_000;

    @TempDir
    Path directory;

    private Path file;
    private Path target;
    private JdbcStore store;

    @BeforeEach
    void make() {
        file = directory.resolve("shop.db");
        target = directory.resolve("copy.db");
        store = JdbcStore.sqlite(file);
        store.open(Rows.codecs());
        Rows.change(store, changes -> {
            changes.change(MAI, String.valueOf(LINES));
            for (int i = 0; i < LINES; i++) {
                changes.entries().add(Rows.line(i));
            }
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void isOfOneMomentWhileUnitsGoOn() throws Exception {
        var over = new AtomicBoolean();
        var begun = new CountDownLatch(10);
        var writing = CompletableFuture.runAsync(() -> {
            for (int i = LINES; !over.get(); i++) {
                write(i);
                begun.countDown();
            }
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        store.backup(target);
        long during = lines(store);
        over.set(true);
        writing.get(10, TimeUnit.SECONDS);

        try (JdbcStore copy = JdbcStore.sqlite(target)) {
            copy.open(Rows.codecs());
            assertThat(copy.peek(MAI)).contains(String.valueOf(lines(copy)));
            assertThat(lines(copy)).isBetween((long) LINES + 10, during);
        }
    }

    @Test
    void leavesNothingBesideTheCopy() throws IOException {
        store.backup(target);

        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .filteredOn(name -> !name.startsWith("shop.db"))
                    .containsExactly("copy.db");
        }
    }

    @Test
    void refusesATargetThatIsThere() throws IOException {
        Files.writeString(target, "the last one");

        assertThatThrownBy(() -> store.backup(target))
                .hasMessage("SQLite " + file + ": could not back it up to " + target
                        + ": it exists, expected a file that is not there yet");
        assertThat(target).hasContent("the last one");
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        Path lost = directory.resolve("lost").resolve("copy.db");

        assertThatThrownBy(() -> store.backup(lost))
                .hasMessage("SQLite " + file + ": could not back it up to " + lost
                        + ": its directory does not exist, expected one that is writable");
    }

    @Test
    void givesNoNameToACopyOfADamagedFile() throws IOException {
        store.close();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[4096];
            Arrays.fill(rubbish, (byte) 0x5A);
            bytes.seek(bytes.length() / 4096 / 2 * 4096);
            bytes.write(rubbish);
        }
        store.open(Rows.codecs());

        assertThatThrownBy(() -> store.backup(target))
                .isInstanceOf(StoreException.class)
                .hasMessage("SQLite " + file + ": could not back it up to " + target
                        + ": the copy is damaged, as the file itself must be: expected one that is intact");
        try (var files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString())).noneMatch(name -> name.startsWith("copy"));
        }
    }

    @Test
    void isMadeOfAStoreThatNoHostHasOpened() {
        store.close();

        JdbcStore.sqlite(file).backup(target);

        try (JdbcStore copy = JdbcStore.sqlite(target)) {
            copy.open(Rows.codecs());
            assertThat(lines(copy)).isEqualTo(LINES);
        }
        store.open(Rows.codecs());
    }

    @Test
    void isNotOpenedBesideTheLogOfTheFileThatItReplaces() throws IOException {
        store.backup(target);
        write(LINES);
        Path log = directory.resolve("shop.db-wal");
        Path crashed = Files.copy(log, directory.resolve("crashed"));
        store.close();
        Files.move(target, file, StandardCopyOption.REPLACE_EXISTING);
        Files.move(crashed, log);

        assertThatThrownBy(() -> store.open(Rows.codecs()))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "SQLite " + file
                                + ": shop.db-wal beside it is the log of another file that was here before, and"
                                + " would be replayed over this one: expected shop.db-wal and shop.db-shm to be moved away first");

        Files.delete(log);
        store.open(Rows.codecs());
        assertThat(lines(store)).isEqualTo(LINES);
    }

    @Test
    void leavesAFileItsOwnLogAfterACrash() throws IOException {
        Path copy = directory.resolve("machine");
        Files.createDirectory(copy);
        write(LINES);
        for (String name : List.of("shop.db", "shop.db-wal")) {
            Files.copy(directory.resolve(name), copy.resolve(name));
        }

        try (JdbcStore crashed = JdbcStore.sqlite(copy.resolve("shop.db"))) {
            crashed.open(Rows.codecs());
            assertThat(lines(crashed)).isEqualTo(LINES + 1);
        }
    }

    @Test
    void makesNoFileThatItWasToRead() {
        Path lost = directory.resolve("lost.db");

        assertThatThrownBy(() -> JdbcStore.sqlite(lost).backup(target))
                .hasMessage("SQLite " + lost + ": there is no such file, expected one to read");
        assertThat(lost).doesNotExist();
    }

    @Test
    void leavesPostgresqlToItsServer() {
        try (JdbcStore shared = JdbcStore.url(Postgresql.freshSchema())) {
            shared.open(Rows.codecs());

            assertThatThrownBy(() -> shared.backup(target))
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessageStartingWith("PostgreSQL ")
                    .hasMessageEndingWith(": backup copies a SQLite file, expected the server's own backup,"
                            + " such as pg_dump or a base backup with its log, or exportTo");
        }
    }

    private void write(int number) {
        Rows.change(store, changes -> {
            changes.change(MAI, String.valueOf(number + 1));
            changes.entries().add(Rows.line(number));
        });
    }

    private static long lines(JdbcStore store) {
        var lines = new long[1];
        store.scan(Entry.Log.TIMELINE, line -> lines[0]++);
        return lines[0];
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a SQLite file that is written to meanwhile. It is made beside the target under another name, checked and flushed, and only
 * then gets the target's name.
 */
final class SqliteBackup {

    private final String where;
    private final String prefix;
    private final Path target;

    /** Of the file that {@code where} names, to a target that must not be there. */
    SqliteBackup(String where, String prefix, Path target) {
        this.where = where;
        this.prefix = prefix;
        this.target = target.toAbsolutePath();
    }

    /** Copies what a connection of the backup's own sees, and has the copy finished by somebody before it counts. */
    void copy(Connection source, Consumer<Session> finish) {
        requireNothingThere();
        Path part = part();
        try {
            copy(source, part);
            finish(part, finish);
            flush(part);
            requireNothingThere();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            flushDirectory();
        } catch (IOException failed) {
            throw fault(failed.getClass().getSimpleName() + " " + failed.getMessage(), failed);
        } finally {
            delete(part);
        }
    }

    private void requireNothingThere() {
        if (Files.exists(target)) {
            throw fault("it exists, expected a file that is not there yet", null);
        }
        if (!Files.isDirectory(directory())) {
            throw fault("its directory does not exist, expected one that is writable", null);
        }
    }

    private Path directory() {
        Path directory = target.getParent();
        return directory == null ? target : directory;
    }

    /** Readable by its owner alone, as the copy is then. */
    private Path part() {
        try {
            return Files.createTempFile(directory(), target.getFileName() + ".", ".part");
        } catch (IOException unwritable) {
            throw fault("its directory cannot be written, expected one that is writable", unwritable);
        }
    }

    /** Within one read transaction, so that it is of one moment and nobody's commit makes it begin anew. */
    private void copy(Connection source, Path part) {
        String name = part.toString();
        String quote = name.indexOf('"') < 0 ? "\"" : "'";
        if (name.contains(quote)) {
            throw fault("its path holds both kinds of quotes, which the driver cannot spell", null);
        }
        try (Statement statement = source.createStatement()) {
            source.setAutoCommit(false);
            statement.executeQuery("select count(*) from sqlite_master").close();
            statement.executeUpdate("backup to " + quote + name + quote);
            source.rollback();
        } catch (SQLException failed) {
            throw Faults.sqlite(where, "back it up to " + target, failed);
        }
    }

    /** One file afterwards: a write-ahead log beside it could be left behind by whoever moves it. */
    private void finish(Path part, Consumer<Session> finish) {
        var settings = new Properties();
        settings.setProperty("journal_mode", "DELETE");
        settings.setProperty("synchronous", "FULL");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + part, settings)) {
            var copy = new SqliteSession(connection, where, prefix);
            String found = copy.query("check the copy", "pragma quick_check(1)", row -> row.getString(1))
                    .get(0);
            if (!found.equals("ok")) {
                throw fault("the copy is damaged, as the file itself must be: expected one that is intact", null);
            }
            finish.accept(copy);
            copy.closeStatements();
        } catch (SQLException failed) {
            throw Faults.sqlite(where, "check the copy for " + target, failed);
        }
    }

    private static void flush(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The new name is durable, too. Not every system lets a directory be opened. */
    private void flushDirectory() {
        try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // the name is as durable as that system makes it
        }
    }

    private static void delete(Path part) {
        try {
            for (String suffix : new String[] {"", "-journal", "-wal", "-shm"}) {
                Files.deleteIfExists(Path.of(part + suffix));
            }
        } catch (IOException left) {
            // it bears no name that anybody takes for a backup
        }
    }

    private StoreException fault(String why, @Nullable Throwable cause) {
        return new StoreException(where + ": could not back it up to " + target + ": " + why, false, cause);
    }
}

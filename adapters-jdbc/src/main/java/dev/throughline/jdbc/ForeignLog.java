// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A write-ahead log that a SQLite file was copied beside. SQLite would take it for the file's own and replay what the file before has
 * gone through over the copy.
 */
final class ForeignLog {

    /** Of the file format's header: which version of the format one needs to write the file. */
    private static final int WRITE_VERSION = 18;

    /** A file whose changes go through a rollback journal, as {@link SqliteBackup} leaves it; such a file has no write-ahead log. */
    private static final byte ROLLBACK_JOURNAL = 1;

    private ForeignLog() {}

    /** Throws if the log beside a file cannot be its own. Called before SQLite opens the file. */
    static void requireNone(Path file) {
        Path log = Path.of(file + "-wal");
        try {
            // asked first, since closing a file ends the locks that other connections of this process have on it
            if (Files.exists(log) && Files.size(log) > 0 && isWithoutLog(file)) {
                throw new StoreException(
                        "SQLite " + file + ": " + log.getFileName()
                                + " beside it is the log of another file that was here before, and"
                                + " would be replayed over this one: expected " + log.getFileName() + " and "
                                + file.getFileName()
                                + "-shm to be moved away first",
                        false,
                        null);
            }
        } catch (IOException unreadable) {
            throw new StoreException(
                    "SQLite " + file + ": it cannot be read: " + unreadable.getMessage(), false, unreadable);
        }
    }

    private static boolean isWithoutLog(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var version = ByteBuffer.allocate(1);
            return channel.read(version, WRITE_VERSION) == 1 && version.get(0) == ROLLBACK_JOURNAL;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Says that a store is in use, by a lock on a file beside it: the operating system drops the lock with the process, however that
 * ends. The database file itself is not locked, since the host has connections to it too.
 */
final class InUse implements AutoCloseable {

    private final FileChannel channel;

    private InUse(FileChannel channel) {
        this.channel = channel;
    }

    static InUse of(Path database) {
        Path directory = database.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw fault(database, "directory " + directory + " does not exist, expected one that is writable", null);
        }
        if (Files.isDirectory(database)) {
            throw fault(database, "it is a directory, expected a file", null);
        }
        Path file = Path.of(database + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return locked(database, channel);
        } catch (IOException unwritable) {
            throw fault(
                    database,
                    "lock file " + file.getFileName() + " cannot be written, expected a writable directory",
                    unwritable);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException lost) {
            throw new StoreException("the lock file could not be closed: " + lost.getMessage(), false, lost);
        }
    }

    private static InUse locked(Path database, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return new InUse(channel);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            channel.close();
            throw fault(
                    database, "in use by another store of this process, expected one store per file", ofThisProcess);
        }
        channel.close();
        throw fault(database, "in use by another process, expected one process per file", null);
    }

    private static StoreException fault(Path database, String why, @Nullable Throwable cause) {
        return new StoreException("SQLite " + database + ": " + why, false, cause);
    }
}

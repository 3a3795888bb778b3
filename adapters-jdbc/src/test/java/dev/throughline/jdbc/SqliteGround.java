// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** A file that is left behind just as it is when a process is killed: with an open transaction, and a write-ahead log that nobody has moved. */
final class SqliteGround {

    private final Path directory;
    private Path file;

    SqliteGround(Path directory) {
        this.directory = directory;
        this.file = next();
    }

    /** What the next process opens. */
    Path file() {
        return file;
    }

    /** The process ends here. */
    void keep() {
        Path left = next();
        copy("", left);
        copy("-wal", left);
        file = left;
    }

    private void copy(String suffix, Path left) {
        Path from = Path.of(file + suffix);
        try {
            if (Files.exists(from)) {
                Files.copy(from, Path.of(left + suffix));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Nothing here depends on a disk that flushes, which would cost most of the time. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "throughline")
                    : Files.createTempDirectory("throughline");
        }
    }

    private Path next() {
        try {
            return Files.createTempDirectory(directory, "ground").resolve("shop.db");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

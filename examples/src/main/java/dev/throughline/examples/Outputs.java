// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Where runs keep their state and write what they came to. */
final class Outputs {

    private Outputs() {}

    /** The store that an option names; {@code shards} is 0 for the store's own number. */
    static Store store(String option, int shards) {
        if (option.equals("memory")) {
            return new MemoryStore();
        }
        if (option.startsWith("sqlite:")) {
            return sharded(JdbcStore.sqlite(Path.of(option.substring("sqlite:".length()))), shards);
        }
        if (option.startsWith("jdbc:postgresql:")) {
            return sharded(JdbcStore.url(option), shards);
        }
        throw new ThroughlineException(
                "--store " + option + ": expected memory, sqlite:FILE or a URL that begins with jdbc:postgresql:");
    }

    private static Store sharded(JdbcStore database, int shards) {
        return shards == 0 ? database : database.withShards(shards);
    }

    /** What was set up wrongly, and a file that cannot be read or written, is told without a stack trace. */
    static CommandLine telling(CommandLine command) {
        return command.setExecutionExceptionHandler((failure, executed, parsed) -> {
            if (failure instanceof FileSystemException file) {
                executed.getErr().println(fault(file));
                return CommandLine.ExitCode.USAGE;
            }
            if (!(failure instanceof ThroughlineException)) {
                throw failure;
            }
            executed.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    private static String fault(FileSystemException file) {
        if (file instanceof NoSuchFileException) {
            return file.getFile() + ": no such file, expected one that can be read";
        }
        String reason = file instanceof AccessDeniedException ? "access denied" : file.getReason();
        return file.getFile() + ": " + (reason == null ? file.getClass().getSimpleName() : reason);
    }

    /** A directory can be opened, and fails only when it is read, without its name. */
    static InputStream file(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a folder, expected a file");
        }
        return Files.newInputStream(file);
    }

    static void write(Path directory, String summary, Outcome run) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("summary.json"), summary);
        var lines = run.decisions().stream().map(ShopDecision::json).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(directory.resolve("decisions.jsonl"), lines, StandardCharsets.UTF_8);
    }
}

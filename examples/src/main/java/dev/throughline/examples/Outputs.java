// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    /** What was set up wrongly is told without a stack trace. */
    static CommandLine telling(CommandLine command) {
        return command.setExecutionExceptionHandler((failure, executed, parsed) -> {
            if (!(failure instanceof ThroughlineException)) {
                throw failure;
            }
            executed.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    static void write(Path directory, String summary, Outcome run) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("summary.json"), summary);
        var lines = run.decisions().stream().map(ShopDecision::json).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(directory.resolve("decisions.jsonl"), lines, StandardCharsets.UTF_8);
    }
}

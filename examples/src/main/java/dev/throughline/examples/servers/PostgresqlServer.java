// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL server for all of this process: that of {@code THROUGHLINE_POSTGRES_URL}, or one that is started from Maven's binaries
 * with its first use and ends with the process.
 */
public final class PostgresqlServer {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private PostgresqlServer() {}

    /** The URL of a new and empty schema. */
    public static String freshSchema() {
        String schema = "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(Running.URL);
                var statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        return Running.URL + (Running.URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    /** Started when it is first asked for. */
    private static final class Running {
        static final String URL = start();

        private static String start() {
            String given = System.getenv("THROUGHLINE_POSTGRES_URL");
            if (given != null && !given.isBlank()) {
                return given;
            }
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server.getJdbcUrl("postgres", "postgres");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}

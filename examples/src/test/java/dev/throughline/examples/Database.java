// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that stories are played on. */
enum Database {
    SQLITE,
    POSTGRESQL;

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** The URL of a new and empty database. */
    String fresh(Path directory) {
        int number = SCHEMAS.incrementAndGet();
        if (this == SQLITE) {
            return "jdbc:sqlite:" + directory.resolve("shop" + number + ".db");
        }
        String schema = "t" + ProcessHandle.current().pid() + "_" + number;
        try (Connection connection = DriverManager.getConnection(Server.URL);
                var statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        return Server.URL + (Server.URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

    /** The host's own connection, with a transaction begun. */
    Connection begin(String url, JdbcStore store) throws SQLException {
        Connection connection = this == SQLITE ? store.connection() : DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        return connection;
    }

    /** One server for all tests: that of THROUGHLINE_POSTGRES_URL, or one that is started from Maven's binaries. */
    private static final class Server {
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

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for all tests: that of THROUGHLINE_POSTGRES_URL, or one that is started from Maven's binaries. */
final class Postgresql {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final String URL = start();

    private Postgresql() {}

    /** A URL whose current schema is new and empty. */
    static String freshSchema() {
        String schema = "t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + schema + " cascade");
            statement.execute("create schema " + schema);
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        return URL + (URL.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }

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

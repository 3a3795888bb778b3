// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import dev.throughline.examples.servers.PostgresqlServer;
import dev.throughline.jdbc.JdbcStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where rows are kept: each asks for a place of its own, so that no run finds what another has left. */
enum Database {
    SQLITE("SQLite") {
        @Override
        String fresh() {
            try {
                return "jdbc:sqlite:"
                        + Files.createTempDirectory("throughline-benchmark").resolve("shop.db");
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }

        @Override
        Properties settings() {
            var settings = new Properties();
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("synchronous", "FULL");
            settings.setProperty("transaction_mode", "IMMEDIATE");
            return settings;
        }

        @Override
        long bytes(String url) {
            Path file = Path.of(url.substring("jdbc:sqlite:".length()));
            return size(file) + size(file.resolveSibling(file.getFileName() + "-wal"));
        }
    },
    POSTGRESQL("PostgreSQL") {
        @Override
        String fresh() {
            return PostgresqlServer.freshSchema();
        }

        @Override
        Properties settings() {
            var settings = new Properties();
            settings.setProperty("reWriteBatchedInserts", "true");
            return settings;
        }

        @Override
        long bytes(String url) {
            String sizes = "select sum(pg_total_relation_size(c.oid)) from pg_class c"
                    + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind = 'r'";
            try (Connection connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement();
                    var result = statement.executeQuery(sizes)) {
                result.next();
                return result.getLong(1);
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        }
    };

    private final String title;

    Database(String title) {
        this.title = title;
    }

    /** A URL of an empty place. */
    abstract String fresh();

    /** How a good programmer opens it: as durable as the store. */
    abstract Properties settings();

    /** What tables, indexes and the write-ahead log of a place take. */
    abstract long bytes(String url);

    JdbcStore store(String url) {
        return JdbcStore.url(url);
    }

    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, settings());
    }

    @Override
    public String toString() {
        return title;
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}

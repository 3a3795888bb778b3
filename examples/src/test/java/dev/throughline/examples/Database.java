// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.examples.servers.PostgresqlServer;
import dev.throughline.jdbc.JdbcStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that stories are played on. */
enum Database {
    SQLITE,
    POSTGRESQL;

    private static final AtomicInteger FILES = new AtomicInteger();

    /** The URL of a new and empty database. */
    String fresh(Path directory) {
        return this == SQLITE
                ? "jdbc:sqlite:" + directory.resolve("shop" + FILES.incrementAndGet() + ".db")
                : PostgresqlServer.freshSchema();
    }

    /** The host's own connection, with a transaction begun. */
    Connection begin(String url, JdbcStore store) throws SQLException {
        Connection connection = this == SQLITE ? store.connection() : DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        return connection;
    }
}

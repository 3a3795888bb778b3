// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connections of the driver itself, kept open between units: as many as are used at the same time. Enough for one process; a host
 * that wants limits, health checks or metrics gives a {@link javax.sql.DataSource}.
 */
final class DriverConnections implements Connections {

    private final String url;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    DriverConnections(String url) {
        this.url = url;
    }

    @Override
    public void open() {
        closed.set(false);
    }

    @Override
    public Connection take() throws SQLException {
        Connection connection = idle.pollFirst();
        return connection != null ? connection : connect();
    }

    @Override
    public boolean areOurs() {
        return true;
    }

    @Override
    public void giveBack(Connection connection, boolean broken) {
        if (broken || closed.get()) {
            closeQuietly(connection);
        } else {
            idle.addFirst(connection);
        }
        if (broken) {
            closeIdle();
        }
    }

    @Override
    public void close() {
        closed.set(true);
        closeIdle();
    }

    private Connection connect() throws SQLException {
        var settings = new Properties();
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("logServerErrorDetail", "false");
        Connection connection = DriverManager.getConnection(url, settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PostgresqlDatabase.ENDING_HANGING);
            return connection;
        } catch (SQLException fault) {
            closeQuietly(connection);
            throw fault;
        }
    }

    /** What broke one connection has as a rule broken the others. */
    private void closeIdle() {
        for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            closeQuietly(each);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyLost) {
            // there is nothing left to close
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The host's connections; closing one gives it back to the host's pool. */
record SourceConnections(DataSource source) implements Connections {

    @Override
    public Connection take() throws SQLException {
        return source.getConnection();
    }

    @Override
    public boolean areOurs() {
        return false;
    }

    @Override
    public void giveBack(Connection connection, boolean broken) {
        try {
            connection.close();
        } catch (SQLException alreadyLost) {
            // the pool finds out for itself
        }
    }

    /** The source is the host's: it stays open. */
    @Override
    public void close() {
        // nothing of ours
    }
}

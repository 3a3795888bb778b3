// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.Store;
import dev.throughline.testkit.FaultConformance;
import dev.throughline.testkit.FaultPoints;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;

class PostgresqlFaultTest extends FaultConformance {

    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private String url = "";

    @AfterEach
    void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }

    @Override
    protected Store createStore(FaultPoints points) {
        try {
            close();
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
        url = Postgresql.freshSchema();
        return createSuccessor(points);
    }

    @Override
    protected Store createSuccessor(FaultPoints points) {
        return JdbcStore.postgresql(new FaultyConnections(points).source(url, idle))
                .withShards(16);
    }
}

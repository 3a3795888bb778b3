// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.Store;
import dev.throughline.testkit.StoreConformance;
import java.sql.Connection;
import java.util.Optional;

class PostgresqlConformanceTest extends StoreConformance {

    private String url;
    private JdbcStore store;

    @Override
    protected Store createStore() {
        url = Postgresql.freshSchema();
        store = JdbcStore.url(url);
        return store;
    }

    @Override
    protected Optional<Store> createSuccessor() {
        return Optional.of(JdbcStore.url(url));
    }

    @Override
    protected Optional<Connection> connectHost() {
        return Optional.of(store.connection());
    }
}

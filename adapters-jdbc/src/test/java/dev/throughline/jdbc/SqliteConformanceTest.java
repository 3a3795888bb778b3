// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.Store;
import dev.throughline.testkit.StoreConformance;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class SqliteConformanceTest extends StoreConformance {

    @TempDir
    static Path directory;

    private static final AtomicInteger FILES = new AtomicInteger();

    private Path file;
    private JdbcStore store;

    @Override
    protected Store createStore() {
        file = directory.resolve("shop" + FILES.incrementAndGet() + ".db");
        store = JdbcStore.sqlite(file);
        return store;
    }

    @Override
    protected Optional<Store> createSuccessor() {
        return Optional.of(JdbcStore.sqlite(file));
    }

    @Override
    protected Optional<Connection> connectHost() {
        return Optional.of(store.connection());
    }
}

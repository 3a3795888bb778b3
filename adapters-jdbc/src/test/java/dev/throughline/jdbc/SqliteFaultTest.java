// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.Store;
import dev.throughline.testkit.FaultConformance;
import dev.throughline.testkit.FaultPoints;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultTest extends FaultConformance {

    @TempDir(factory = SqliteGround.InMemory.class)
    Path directory;

    private SqliteGround ground;

    @Override
    protected Store createStore(FaultPoints points) {
        ground = new SqliteGround(directory);
        points.onCrash(ground::keep);
        return createSuccessor(points);
    }

    @Override
    protected Store createSuccessor(FaultPoints points) {
        return JdbcStore.sqlite(ground.file(), new FaultyConnections(points)::around);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.store.Store;
import org.junit.jupiter.api.Test;

class MemoryStoreFaultTest extends FaultConformance {

    private LastingMemory memory = new LastingMemory();

    @Override
    protected Store createStore(FaultPoints points) {
        memory = new LastingMemory();
        return createSuccessor(points);
    }

    @Override
    protected Store createSuccessor(FaultPoints points) {
        return FaultyStore.of(memory.store(), points);
    }

    @Test
    void losesAndDoublesNothingWhereTheProcessEndsOnce() {
        losesAndDoublesNothingWhereverTheProcessEndsAlone();
    }
}

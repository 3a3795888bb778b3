// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.store.Store;
import dev.throughline.store.memory.MemoryStore;

class MemoryStoreConformanceTest extends StoreConformance {

    @Override
    protected Store createStore() {
        return new MemoryStore();
    }
}

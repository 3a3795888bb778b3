// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that cannot be reached for a while. */
final class Outage {

    private final Store real = new MemoryStore();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean down;

    void begin() {
        down = true;
    }

    void end() {
        down = false;
    }

    /** How many units of work it has refused. */
    int refused() {
        return refused.get();
    }

    /** How many units of work have begun. */
    int begun() {
        return begun.get();
    }

    Store store() {
        return (Store) Proxy.newProxyInstance(
                Outage.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    if (method.getName().equals("begin")) {
                        if (down) {
                            refused.incrementAndGet();
                            throw new StoreException("the store is down", true, null);
                        }
                        begun.incrementAndGet();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Changes.Attempt;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A heap that outlives the processes which use it: what one of them was sending when it ended, the next one is told. */
final class LastingMemory {

    private final MemoryStore kept = new MemoryStore();
    private final Map<Attempt, Sending> sending = new LinkedHashMap<>();

    private record Sending(Outgoing row, long until) {}

    /** The store of the next process. */
    Store store() {
        sending.replaceAll((attempt, row) -> new Sending(row.row, System.nanoTime()));
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    Object result = FaultyStore.call(kept, method, arguments);
                    return result instanceof Unit unit ? unit(unit) : result;
                });
    }

    private Unit unit(Unit unit) {
        var taken = new ArrayList<Sending>();
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (self, method, arguments) -> {
                    Object result = FaultyStore.call(unit, method, arguments);
                    switch (method.getName()) {
                        case "take" -> {
                            long until = System.nanoTime()
                                    + ((Dispatch) arguments[0]).lease().toNanos();
                            ((List<?>) result).forEach(row -> taken.add(new Sending((Outgoing) row, until)));
                        }
                        case "commit" -> {
                            taken.forEach(row -> sending.put(Attempt.of(row.row), row));
                            ((Changes) arguments[0]).finished().forEach(sending::remove);
                        }
                        case "lapsed" -> {
                            return sending.values().stream()
                                    .filter(row -> row.until - System.nanoTime() <= 0)
                                    .map(Sending::row)
                                    .toList();
                        }
                        default -> {}
                    }
                    return result;
                });
    }
}

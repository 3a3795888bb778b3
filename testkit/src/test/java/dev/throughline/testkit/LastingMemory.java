// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Changes.Attempt;
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
    private final Map<Attempt, Outgoing> sending = new LinkedHashMap<>();

    /** The store of the next process. */
    Store store() {
        var orphans = List.copyOf(sending.keySet());
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    Object result = FaultyStore.call(kept, method, arguments);
                    return result instanceof Unit unit ? unit(unit, orphans) : result;
                });
    }

    private Unit unit(Unit unit, List<Attempt> orphans) {
        var taken = new ArrayList<Outgoing>();
        return (Unit) Proxy.newProxyInstance(
                Unit.class.getClassLoader(), new Class<?>[] {Unit.class}, (self, method, arguments) -> {
                    Object result = FaultyStore.call(unit, method, arguments);
                    switch (method.getName()) {
                        case "take" -> ((List<?>) result).forEach(row -> taken.add((Outgoing) row));
                        case "commit" -> {
                            taken.forEach(row -> sending.put(Attempt.of(row), row));
                            ((Changes) arguments[0]).finished().forEach(sending::remove);
                        }
                        case "lapsed" -> {
                            return orphans.stream()
                                    .filter(sending::containsKey)
                                    .map(sending::get)
                                    .toList();
                        }
                        default -> {}
                    }
                    return result;
                });
    }
}

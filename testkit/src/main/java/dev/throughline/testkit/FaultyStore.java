// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Unit;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A store that fails before any of its calls, and after a commit. */
public final class FaultyStore {

    /** What releases, and what only looks at the calling thread. */
    private static final Set<String> SAFE = Set.of("close", "requireFree", "join");

    private FaultyStore() {}

    /**
     * Puts the places of faults around a store and its units of work.
     *
     * @param store the store
     * @param points counts the places and says which fail; a fault that passes becomes a transient {@link StoreException}
     * @return the store as the engine is to see it
     */
    public static Store of(Store store, FaultPoints points) {
        return proxy(Store.class, store, points);
    }

    private static <T> T proxy(Class<T> type, T behind, FaultPoints points) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> called(type, behind, method, arguments, points)));
    }

    private static Object called(Class<?> type, Object behind, Method method, Object[] arguments, FaultPoints points)
            throws Throwable {
        String name = type.getSimpleName() + "." + method.getName();
        boolean safe = SAFE.contains(method.getName()) || method.getDeclaringClass() == Object.class;
        if (!safe && points.reach(name)) {
            throw new StoreException(name + ": made to fail", true, null);
        }
        Object result = call(behind, method, arguments);
        if (method.getName().equals("commit") && points.reachCommitted(name)) {
            throw new StoreException(name + ": its answer was made to be lost", true, null);
        }
        return result instanceof Unit unit ? proxy(Unit.class, unit, points) : result;
    }

    static Object call(Object behind, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}

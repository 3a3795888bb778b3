// SPDX-License-Identifier: Apache-2.0
package dev.throughline.json;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Definitions by name, which others refer to. One of a name may come several times if it says the same. Not thread-safe.
 *
 * @param <T> what is defined
 */
public final class Named<T> {

    private static final int MOST_TOLD = 20;

    private final String what;
    private final BiPredicate<T, T> same;
    private final Map<String, Entry<T>> entries = new TreeMap<>();

    private record Entry<T>(String place, @Nullable T value) {}

    /**
     * None yet.
     *
     * @param what what is defined, for faults
     * @param same whether two of one name say the same
     */
    public Named(String what, BiPredicate<T, T> same) {
        this.what = what;
        this.same = same;
    }

    /**
     * One more; another one of its name is a fault.
     *
     * @param node where it is defined
     * @param member the member that holds its name
     * @param value what is defined, {@code null} if it is wrong, so that nobody is told again who refers to it
     */
    public void add(Node node, String member, @Nullable T value) {
        String name = node.text(member);
        Entry<T> before = entries.putIfAbsent(name, new Entry<>(node.place(), value));
        if (before != null && value != null && before.value != null && !same.test(before.value, value)) {
            node.fault(member, name, "one content for a name: " + before.place + " defines it otherwise", "");
        }
    }

    /**
     * One that another definition refers to; a name that nobody defines is a fault.
     *
     * @param node what refers to it
     * @param member the member that holds the name
     * @return what is defined, or {@code null} if it is wrong or missing
     */
    public @Nullable T find(Node node, String member) {
        String name = node.text(member);
        Entry<T> found = entries.get(name);
        if (found == null && node.has(member)) {
            List<String> known = entries.keySet().stream().limit(MOST_TOLD).toList();
            String expected = known.isEmpty() ? "a " + what + ", but none is defined" : "one of " + known;
            node.fault(member, name, expected, name);
        }
        return found == null ? null : found.value;
    }

    /**
     * All that are right.
     *
     * @return in the order of their names
     */
    public List<T> all() {
        return entries.values().stream()
                .map(Entry::value)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }
}

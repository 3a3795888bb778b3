// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.customer.BuiltSlice;
import dev.throughline.customer.CustomerState;
import dev.throughline.customer.History;
import dev.throughline.customer.Slice;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Ids;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a host's campaigns need of every customer's past, under a number that the store keeps. A customer bears the number for which she
 * was last stepped; whoever steps her for another one first makes anew what that one did not need. So hosts of two releases may turn one
 * store side by side, and a release that is taken back may come again. Immutable but for what it has read; thread-safe.
 */
public final class Generation {

    /** Of machines without a store that others have turned. */
    public static final Generation NONE = of(Set.of());

    private static final String PREFIX = "generation/";
    private static final int DIGITS = 12;

    /** An empty setting would be none. */
    private static final String NOTHING = " ";

    private final long number;
    private final Map<String, String> needs;

    /** What other generations needed, by number, as hashes. */
    private volatile Map<Long, Set<String>> known;

    private Generation(long number, Set<String> needs, Map<Long, Set<String>> known) {
        this.number = number;
        this.needs = hashed(needs);
        this.known = known;
    }

    /**
     * Of a rehearsal: everything begins with it, and nobody is made anew but who somebody else was split off from.
     *
     * @param needs what a machine needs
     * @return the generation
     */
    public static Generation of(Set<String> needs) {
        return new Generation(0, needs, Map.of());
    }

    /**
     * Finds the number of some needs, or gives them one; as one host at a time.
     *
     * @param store the store, which is open
     * @param needs what a machine needs
     * @return the generation
     */
    public static Generation open(Store store, Set<String> needs) {
        boolean empty = store.keys(Key.Kind.CUSTOMER, null, 1).isEmpty();
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool("generation")), true);
            var settings = unit.settings();
            var known = known(settings);
            var hashes = hashed(needs).keySet();
            long number = known.entrySet().stream()
                    .filter(one -> one.getValue().equals(hashes))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(last(settings) + 1);
            var changes = Changes.none();
            if (!known.containsKey(number)) {
                changes.settings().put(PREFIX + number, hashes.isEmpty() ? NOTHING : String.join(" ", hashes));
            }
            changes.settings().putAll(Progress.opened(settings, number));
            if (empty && known.isEmpty()) {
                changes.settings().putAll(Progress.DONE.settings(number));
            }
            if (!changes.settings().isEmpty()) {
                unit.commit(changes);
            }
            var all = new TreeMap<>(known);
            all.put(number, Set.copyOf(hashes));
            return new Generation(number, needs, all);
        }
    }

    /**
     * Finds the number of some needs without giving one.
     *
     * @param store the store, which is open
     * @param needs what a machine needs
     * @return the generation; {@link #NONE} if the store knows none of these needs
     */
    static Generation find(Store store, Set<String> needs) {
        var known = known(store.settings());
        var hashes = hashed(needs).keySet();
        return known.entrySet().stream()
                .filter(one -> one.getValue().equals(hashes))
                .findFirst()
                .map(one -> new Generation(one.getKey(), needs, known))
                .orElse(NONE);
    }

    /** The highest number that was given, also to needs that are forgotten. */
    private static long last(Map<String, String> settings) {
        return settings.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) || name.startsWith(Progress.PREFIX))
                .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('/') + 1)))
                .max()
                .orElse(0);
    }

    private static Map<String, String> hashed(Set<String> needs) {
        var hashed = new TreeMap<String, String>();
        needs.forEach(need -> hashed.put(Ids.hash("need", need).substring(0, DIGITS), need));
        return Collections.unmodifiableMap(hashed);
    }

    private static Map<Long, Set<String>> known(Map<String, String> settings) {
        var known = new TreeMap<Long, Set<String>>();
        settings.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                var hashes = new TreeSet<>(Arrays.asList(value.split(" ", -1)));
                hashes.remove("");
                known.put(Long.valueOf(name.substring(PREFIX.length())), hashes);
            }
        });
        return known;
    }

    long number() {
        return number;
    }

    boolean isNone() {
        return number == 0;
    }

    /**
     * What a customer has to be given before anything else.
     *
     * @param key whose state
     * @param state her state; {@code null} if she is new
     * @param settings reads the settings, where she was stepped by a release that this host has not seen
     * @param past reads what has happened to her
     * @return the input; {@code null} if she is as she should be
     */
    Input.@Nullable Rebuild due(
            Key key,
            @Nullable Object state,
            Function<Long, Map<String, String>> settings,
            Function<History, List<Touchpoint>> past) {
        if (key.kind() != Key.Kind.CUSTOMER) {
            return null;
        }
        if (state == null) {
            return number == 0 ? null : touch(key);
        }
        if (!(state instanceof CustomerState customer) || customer.survivor().isPresent() || customer.isErased()) {
            return null;
        }
        long before = before(customer.slices());
        if (before == number) {
            return null;
        }
        var missing = before == BuiltSlice.ANEW ? everything() : missing(before, settings);
        var history = missing.stream().anyMatch(need -> need.startsWith(Slice.PAST))
                ? past.apply(History.of(ids(customer), Touchpoint.EARLIEST, List.of()))
                : List.<Touchpoint>of();
        return new Input.Rebuild(id(key), number, missing, history);
    }

    /** Whether somebody is to be made anew when she is stepped next. */
    boolean isBehind(Object state) {
        return state instanceof CustomerState customer
                && customer.survivor().isEmpty()
                && !customer.isErased()
                && before(customer.slices()) != number
                && before(customer.slices()) != BuiltSlice.ANEW;
    }

    /** Of the slice that remembers it, which is the last. */
    private static long before(List<Object> slices) {
        return slices.get(slices.size() - 1) instanceof Long number ? number : 0;
    }

    /** The input by which somebody is looked at. */
    Input.Rebuild touch(Key key) {
        return new Input.Rebuild(id(key), number, Set.of(), List.of());
    }

    private String id(Key key) {
        return "rebuild/" + number + "/" + key.id();
    }

    private Set<String> everything() {
        var all = new TreeSet<>(needs.values());
        all.add(Slice.PAST);
        return all;
    }

    private Set<String> missing(long before, Function<Long, Map<String, String>> settings) {
        if (before != 0 && !known.containsKey(before)) {
            known = known(settings.apply(before));
        }
        var had = known.getOrDefault(before, Set.of());
        var missing = new TreeSet<String>();
        needs.forEach((hash, need) -> {
            if (!had.contains(hash)) {
                missing.add(need);
            }
        });
        return missing;
    }

    private static List<CustomerId> ids(CustomerState customer) {
        var ids = new ArrayList<>(customer.absorbed());
        ids.add(customer.customer().id());
        return ids;
    }
}

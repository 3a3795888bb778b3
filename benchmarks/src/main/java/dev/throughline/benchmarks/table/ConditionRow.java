// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import static dev.throughline.segment.Conditions.trait;

import dev.throughline.customer.Customer;
import dev.throughline.customer.Profile;
import dev.throughline.identity.CustomerId;
import dev.throughline.segment.Behaviour;
import dev.throughline.segment.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One condition of four terms over a profile of 20 traits, beside a chain of predicates over a hash map. */
final class ConditionRow {

    private static final int CUSTOMERS = 1_000;
    private static final int PASSES = 2_000;
    private static final int ROUNDS = 9;

    private ConditionRow() {}

    static Row measure() {
        List<Map<String, Object>> profiles = profiles();
        List<Condition.Facts> facts = profiles.stream().map(ConditionRow::facts).toList();
        var ours = new ArrayList<Double>();
        var byHand = new ArrayList<Double>();
        long held = 0;
        for (int round = 0; round < ROUNDS; round++) {
            held += timed(facts, condition()::test, ours) - timed(profiles, chain(), byHand);
        }
        if (held != 0) {
            throw new IllegalStateException("the two sides disagree in " + held + " cases");
        }
        return new Row(
                "one condition of 4 terms",
                Meter.median(ours),
                Meter.median(byHand),
                "ns",
                "over a profile of 20 traits; by hand: `Predicate.and` over a `HashMap`");
    }

    private static Condition condition() {
        return trait("country")
                .is("VN")
                .and(trait("tier").is("gold").or(trait("tier").is("silver")))
                .and(trait("orders").atLeast(3))
                .and(trait("spent").atLeast(1000));
    }

    private static Predicate<Map<String, Object>> chain() {
        Set<String> tiers = Set.of("gold", "silver");
        Predicate<Map<String, Object>> country = profile -> "VN".equals(profile.get("country"));
        return country.and(profile -> tiers.contains((String) profile.get("tier")))
                .and(profile -> profile.get("orders") instanceof Long orders && orders >= 3)
                .and(profile -> profile.get("spent") instanceof Long spent && spent >= 1000);
    }

    private static <T> long timed(List<T> all, Predicate<T> condition, List<Double> times) {
        long held = 0;
        long start = System.nanoTime();
        for (int pass = 0; pass < PASSES; pass++) {
            for (T one : all) {
                held += condition.test(one) ? 1 : 0;
            }
        }
        times.add((System.nanoTime() - start) / (double) (PASSES * CUSTOMERS));
        return held;
    }

    private static Condition.Facts facts(Map<String, Object> profile) {
        var traits = new Profile(Collections.unmodifiableMap(new TreeMap<>(profile)));
        var customer = new Customer(new CustomerId(1, 2), traits, List.of(), List.of(), List.of());
        return new Condition.Facts(customer, Behaviour.NONE, Map.of(), Instant.EPOCH);
    }

    /** Three in four customers pass each term. */
    private static List<Map<String, Object>> profiles() {
        var random = new Random(42);
        var profiles = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < CUSTOMERS; i++) {
            var profile = new HashMap<String, Object>();
            for (int trait = 0; trait < 16; trait++) {
                profile.put("trait-" + trait, (long) trait);
            }
            profile.put("country", random.nextInt(4) > 0 ? new String("VN") : "DE");
            profile.put("tier", List.of("gold", "silver", "gold", "bronze").get(random.nextInt(4)));
            profile.put("orders", (long) random.nextInt(12));
            profile.put("spent", (long) random.nextInt(4000));
            profiles.add(profile);
        }
        return profiles;
    }
}

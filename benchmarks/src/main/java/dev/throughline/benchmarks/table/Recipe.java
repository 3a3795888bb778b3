// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The fixed recipe of the ring: a million customer ids drawn by Zipf's law with exponent 1.07, seed 42, eight event types in equal
 * parts, one event every 40 ms, 50 campaigns. A customer is identified, with traits and a phone number, when she first appears. Used
 * by one thread.
 */
final class Recipe {

    static final String IDENTIFY = "identify";
    static final List<String> EVENTS = List.of(
            "Page Viewed",
            "Product Viewed",
            "Products Searched",
            "Product Added",
            "Product Removed",
            "Checkout Started",
            "Coupon Applied",
            "Order Completed");

    /** How many of many campaigns listen to events that are made. */
    static final int LISTENING = 10;

    private static final int CUSTOMERS = 1_000_000;
    private static final double EXPONENT = 1.07;
    private static final List<String> TIERS = List.of("bronze", "silver", "gold");
    private static final List<String> COUNTRIES = List.of("VN", "TH", "DE", "US");
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final double[] CUMULATED = cumulated();

    private final Random random = new Random(42);
    private final BitSet known = new BitSet(CUSTOMERS);
    private int number;

    /** The next events, with the first appearances before them. */
    List<Happening> next(int size) {
        var group = new ArrayList<Happening>(size * 2);
        for (int i = 0; i < size; i++) {
            int customer = drawn();
            Instant at = START.plusMillis(40L * number);
            if (!known.get(customer)) {
                known.set(customer);
                group.add(new Happening("i" + customer, user(customer), IDENTIFY, traits(customer), at));
            }
            String event = EVENTS.get(random.nextInt(EVENTS.size()));
            Map<String, Object> properties =
                    Map.of("product", "sku-" + random.nextInt(1000), "value", (long) random.nextInt(1000));
            group.add(new Happening("e" + number, user(customer), event, properties, at));
            number++;
        }
        return group;
    }

    /** How many customers have appeared. */
    int customers() {
        return known.cardinality();
    }

    /** Their users' names. */
    List<String> users() {
        return known.stream().mapToObj(Recipe::user).toList();
    }

    static String phone(int customer) {
        return "+849" + (10_000_000 + customer);
    }

    static String phone(String user) {
        return phone(Integer.parseInt(user.substring(1)));
    }

    static List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < 20; i++) {
            rules.add(new Rule(Rule.Kind.ABSENCE, "absence-" + i, event(i), event(i + 1 + i / 8), 1, 0, ""));
        }
        for (int i = 0; i < 10; i++) {
            rules.add(new Rule(Rule.Kind.COUNT, "count-" + i, event(i), "", 1 + i, 3 + i % 4, TIERS.get(i % 3)));
            rules.add(new Rule(Rule.Kind.SUM, "sum-" + i, event(i + 3), "", 24 * (1 + i % 7), 2000 + 500 * i, ""));
        }
        for (int i = 0; i < 10; i++) {
            rules.add(new Rule(Rule.Kind.SIMPLE, "simple-" + i, event(i), "", 0, 900 + 9 * i, ""));
        }
        return rules;
    }

    /** Ten campaigns of the recipe, of each kind some, and so many others that wait for events which nobody makes. */
    static List<Rule> mostlyIdle(int campaigns) {
        var rules = new ArrayList<Rule>();
        List<Rule> all = rules();
        for (int i = 0; i < all.size(); i += all.size() / LISTENING) {
            rules.add(all.get(i));
        }
        for (int i = rules.size(); i < campaigns; i++) {
            Rule rule = all.get(i % all.size());
            String suffix = " " + i;
            rules.add(new Rule(
                    rule.kind(),
                    rule.name() + suffix,
                    "Nobody's " + rule.start() + suffix,
                    rule.exit().isEmpty() ? "" : "Nobody's " + rule.exit() + suffix,
                    rule.hours(),
                    rule.bound(),
                    rule.tier()));
        }
        return rules;
    }

    private static String event(int index) {
        return EVENTS.get(index % EVENTS.size());
    }

    private static String user(int customer) {
        return "u" + customer;
    }

    static Map<String, Object> traits(int customer) {
        return Map.of(
                "firstName",
                "Mai " + customer % 100,
                "tier",
                TIERS.get(customer % TIERS.size()),
                "age",
                18L + customer % 60,
                "country",
                COUNTRIES.get(customer % COUNTRIES.size()));
    }

    /** Ranks are spread over the ids, so that neighbours are not equally active. */
    private int drawn() {
        int place = Arrays.binarySearch(CUMULATED, random.nextDouble() * CUMULATED[CUSTOMERS - 1]);
        long rank = Math.min(place < 0 ? -place - 1 : place, CUSTOMERS - 1);
        return (int) (rank * 7_919 % CUSTOMERS);
    }

    private static double[] cumulated() {
        var cumulated = new double[CUSTOMERS];
        double sum = 0;
        for (int rank = 1; rank <= CUSTOMERS; rank++) {
            sum += Math.pow(rank, -EXPONENT);
            cumulated[rank - 1] = sum;
        }
        return cumulated;
    }
}

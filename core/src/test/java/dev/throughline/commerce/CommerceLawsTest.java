// SPDX-License-Identifier: Apache-2.0
package dev.throughline.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Late, repeated and reordered events make no difference, nor does it matter who merges with whom first. */
class CommerceLawsTest {

    private static final List<String> EVENTS = List.of(
            "Product Added",
            "Product Added",
            "Product Added",
            "Product Removed",
            "Cart Viewed",
            "Order Completed",
            "Order Updated",
            "Order Ready",
            "Order Picked Up",
            "Order Cancelled");

    @Test
    void orderAndRepetitionOfEventsMakeNoDifference() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var events = drawn(random, "t");
            var shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, random.nextInt(events.size())));
            Collections.shuffle(shuffled, random);

            assertSame(seed, after(shuffled), after(events));
        }
    }

    @Test
    void mergeIsIdempotentCommutativeAndAssociative() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var here = after(drawn(random, "a"));
            var there = after(drawn(random, "b"));
            var third = after(drawn(random, "c"));

            assertSame(seed, here.merge(here), here);
            assertSame(seed, here.merge(there), there.merge(here));
            assertSame(seed, here.merge(there).merge(third), here.merge(there.merge(third)));
        }
    }

    @Test
    void mergeGivesWhatOneCustomerWouldHaveHad() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var here = drawn(random, "a");
            var there = drawn(random, "b");
            var all = new ArrayList<>(here);
            all.addAll(there);

            assertSame(seed, after(here).merge(after(there)), after(all));
        }
    }

    private static void assertSame(long seed, Commerce one, Commerce other) {
        assertThat(Shopper.told(one)).as("seed %d", seed).isEqualTo(Shopper.told(other));
        assertThat(Commerce.CODEC.encode(one)).as("seed %d", seed).isEqualTo(Commerce.CODEC.encode(other));
    }

    private static Commerce after(List<Touchpoint> events) {
        var shopper = new Shopper();
        events.forEach(shopper::does);
        return shopper.commerce();
    }

    /** Few enough that no bound is reached, and close enough that instants collide. */
    private static List<Touchpoint> drawn(Random random, String prefix) {
        var events = new ArrayList<Touchpoint>();
        int number = 1 + random.nextInt(18);
        for (int i = 0; i < number; i++) {
            var properties =
                    new TreeMap<String, Object>(Map.of("sku", "S-" + random.nextInt(4), "price", random.nextInt(9)));
            if (random.nextBoolean()) {
                properties.put("quantity", 1 + random.nextInt(3));
            }
            properties.put("order_id", "A-" + random.nextInt(4));
            properties.put("total", random.nextInt(100));
            properties.put("products", List.of(Map.of("sku", "S-" + random.nextInt(4))));
            String event = EVENTS.get(random.nextInt(EVENTS.size()));
            events.add(Shopper.touchpoint(prefix + i, event, random.nextInt(12), properties));
        }
        return events;
    }
}

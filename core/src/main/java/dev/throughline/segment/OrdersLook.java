// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.commerce.Commerce;
import dev.throughline.commerce.Order;
import dev.throughline.commerce.Stage;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes conditions about how many of a customer's last 20 orders have come how far. Where more can have, {@link
 * Conditions#count(String)} counts up to 100.
 */
public final class OrdersLook {

    OrdersLook() {}

    /**
     * Orders that were placed, whatever became of them.
     *
     * @return the look at them
     */
    public Reached placed() {
        return reached(Stage.PLACED);
    }

    /**
     * Orders that were picked up.
     *
     * @return the look at them
     */
    public Reached pickedUp() {
        return reached(Stage.PICKED_UP);
    }

    /**
     * Orders that were delivered.
     *
     * @return the look at them
     */
    public Reached delivered() {
        return reached(Stage.DELIVERED);
    }

    /**
     * Orders that have ever come so far.
     *
     * @param stage how far
     * @return the look at them
     */
    public Reached reached(Stage stage) {
        Given.required("orders", "reached", stage);
        return new Reached(stage, null);
    }

    /**
     * Orders that are there now, and have not come further: {@code at(READY)} lie ready and nobody has come for them.
     *
     * @param stage where
     * @return how many there are
     */
    public CommerceNumber at(Stage stage) {
        Given.required("orders", "at", stage);
        return number("orders at " + word(stage), Map.of("ordersAt", stage.name()), (order, now) -> order.status()
                .equals(Optional.of(stage)));
    }

    /** Orders that have come so far, and when. */
    public static final class Reached {
        private final Stage stage;
        private final @Nullable Duration within;

        Reached(Stage stage, @Nullable Duration within) {
            this.stage = stage;
            this.within = within;
        }

        /**
         * Only those that came so far within a time before the instant at hand.
         *
         * @param time the time
         * @return the narrower look
         * @throws ThroughlineException if it is not positive
         */
        public Reached within(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new ThroughlineException(
                        "orders " + word(stage) + ": within " + time + ", expected more than none");
            }
            return new Reached(stage, time);
        }

        /**
         * True if there are not fewer.
         *
         * @param bound the bound, at most 20
         * @return the condition
         * @throws ThroughlineException if so many are not kept
         */
        public Condition atLeast(int bound) {
            return number().atLeast(counted(bound, ">="));
        }

        /**
         * True if there are fewer.
         *
         * @param bound the bound, at most 20
         * @return the condition
         * @throws ThroughlineException if so many are not kept
         */
        public Condition below(int bound) {
            return number().below(counted(bound, "<"));
        }

        private int counted(int bound, String sign) {
            if (bound > Commerce.MOST_ORDERS) {
                throw new ThroughlineException("orders " + word(stage) + " " + sign + " " + bound + ": the last "
                        + Commerce.MOST_ORDERS + " are kept, expected at most so many");
            }
            return bound;
        }

        private CommerceNumber number() {
            String text = "orders " + word(stage) + (within == null ? "" : " within " + within);
            var data = new LinkedHashMap<String, Object>();
            data.put("orders", stage.name());
            if (within != null) {
                data.put("within", Json.text(within));
            }
            return OrdersLook.number(text, data, this::covers);
        }

        private boolean covers(Order order, Instant now) {
            return order.reached(stage)
                    .filter(at -> within == null || (at.isAfter(now.minus(within)) && !at.isAfter(now)))
                    .isPresent();
        }
    }

    private static CommerceNumber number(String name, Map<String, Object> data, BiPredicate<Order, Instant> covered) {
        return new CommerceNumber(
                name,
                data,
                facts -> BigDecimal.valueOf(facts.commerce().orders().stream()
                        .filter(order -> covered.test(order, facts.now()))
                        .count()));
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

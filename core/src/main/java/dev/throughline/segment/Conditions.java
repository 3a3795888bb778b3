// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.ThroughlineException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins conditions: about a trait, a property of the event at hand, or what was done before. */
public final class Conditions {

    private Conditions() {}

    /**
     * About a trait of the customer.
     *
     * @param name the trait
     * @return what can be said of it
     */
    public static Value trait(String name) {
        return new Value(
                "trait '" + name + "'",
                "",
                facts -> facts.customer().profile().traits().get(name));
    }

    /**
     * About a property of the event at hand; absent where there is no event.
     *
     * @param name the property
     * @return what can be said of it
     */
    public static Value property(String name) {
        return new Value("property '" + name + "'", name, facts -> facts.event().get(name));
    }

    /**
     * About how often something happened. Counts up to 100 occurrences, because no more instants are kept for a customer. Without
     * {@link Past#within} it looks 400 days back: a year and the month after it.
     *
     * @param event the event's name
     * @return what can be said of it
     */
    public static Past count(String event) {
        return new Past(new Window(event, "", "", LONGEST), BigDecimal.ONE);
    }

    /**
     * About the sum of a property. Days are counted in UTC. Without {@link Past#within} it looks 400 days back, because so many days'
     * sums are kept for a customer: a year and the month after it.
     *
     * @param event the event's name
     * @param property the property that is added up
     * @return what can be said of it
     */
    public static Past sum(String event, String property) {
        return new Past(new Window(event, property, "", LONGEST), BigDecimal.ONE.movePointRight(6));
    }

    private static final Duration LONGEST = Duration.ofDays(Behaviour.MOST_DAYS);

    /** A value that conditions are made about. */
    public static final class Value {

        private final String name;
        private final String property;
        private final Function<Condition.Facts, @Nullable Object> read;

        Value(String name, String property, Function<Condition.Facts, @Nullable Object> read) {
            this.name = name;
            this.property = property;
            this.read = read;
        }

        /**
         * True if the value is this.
         *
         * @param expected text, number or boolean; numbers are compared by size
         * @return the condition
         */
        public Condition is(Object expected) {
            var same = same(expected);
            return new Test(name + " is " + quoted(expected), property, facts -> same.test(read.apply(facts)));
        }

        /**
         * True if there is a value.
         *
         * @return the condition
         */
        public Condition exists() {
            return new Test(name + " exists", property, facts -> read.apply(facts) != null);
        }

        /**
         * True if the value is a number and not smaller.
         *
         * @param bound the bound
         * @return the condition
         */
        public Condition atLeast(Number bound) {
            return compared(" >= ", bound, difference -> difference >= 0);
        }

        /**
         * True if the value is a number and smaller.
         *
         * @param bound the bound
         * @return the condition
         */
        public Condition below(Number bound) {
            return compared(" < ", bound, difference -> difference < 0);
        }

        private Condition compared(String sign, Number bound, IntPredicate accepts) {
            BigDecimal limit = new BigDecimal(bound.toString());
            var against = Numbers.comparison(limit);
            return new Test(
                    name + sign + limit.toPlainString(),
                    property,
                    facts -> read.apply(facts) instanceof Number number && accepts.test(against.applyAsInt(number)));
        }

        private static Predicate<@Nullable Object> same(Object expected) {
            if (expected instanceof Number other) {
                var against = Numbers.comparison(new BigDecimal(other.toString()));
                return value -> value instanceof Number number && against.applyAsInt(number) == 0;
            }
            return expected::equals;
        }

        private static String quoted(Object expected) {
            return expected instanceof String ? "'" + expected + "'" : expected.toString();
        }
    }

    /** A look into the past that conditions are made about. */
    public static final class Past {

        private final Window window;
        private final BigDecimal scale;

        Past(Window window, BigDecimal scale) {
            this.window = window;
            this.scale = scale;
        }

        /**
         * Less the same property of another event, such as cancellations.
         *
         * @param event the other event's name
         * @return the difference
         */
        public Past minus(String event) {
            return new Past(new Window(window.event(), window.property(), event, window.within()), scale);
        }

        /**
         * Only what happened within a time before the instant at hand.
         *
         * @param time the time
         * @return the narrower look
         * @throws ThroughlineException if it is not positive or longer than 400 days
         */
        public Past within(Duration time) {
            if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
                throw new ThroughlineException("window of '" + window.event() + "': " + time
                        + ", expected more than none and at most 400 days");
            }
            return new Past(new Window(window.event(), window.property(), window.lessEvent(), time), scale);
        }

        /**
         * True if it is not less.
         *
         * @param bound the bound; of a count at most 100
         * @return the condition
         * @throws ThroughlineException if a count never gets there
         */
        public Condition atLeast(Number bound) {
            return compared(">=", bound, difference -> difference >= 0);
        }

        /**
         * True if it is more.
         *
         * @param bound the bound; of a count below 100
         * @return the condition
         * @throws ThroughlineException if a count never gets there
         */
        public Condition moreThan(Number bound) {
            return compared(">", bound, difference -> difference > 0);
        }

        /**
         * True if it is less.
         *
         * @param bound the bound; of a count at most 100
         * @return the condition
         * @throws ThroughlineException if a count is always less
         */
        public Condition below(Number bound) {
            return compared("<", bound, difference -> difference < 0);
        }

        /**
         * True if it is exactly this.
         *
         * @param bound the bound; of a count below 100, where counting ends
         * @return the condition
         * @throws ThroughlineException if a count never is, or cannot be told from a greater one
         */
        public Condition exactly(Number bound) {
            return compared("=", bound, difference -> difference == 0);
        }

        private Condition compared(String sign, Number bound, IntPredicate accepts) {
            BigDecimal given = new BigDecimal(bound.toString());
            if (!window.sums()) {
                checkCountable(sign, given);
            }
            long limit = Numbers.micros(given.multiply(scale).movePointLeft(6));
            return new Through(
                    this + " " + sign + " " + given.toPlainString(),
                    window,
                    value -> accepts.test(Long.compare(value, limit)));
        }

        /** At 100 counting ends, so that "more" and "exactly" end before. */
        private void checkCountable(String sign, BigDecimal given) {
            int most = Behaviour.MOST_INSTANTS - (sign.equals(">") || sign.equals("=") ? 1 : 0);
            if (given.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new ThroughlineException(this + " " + sign + " " + given.toPlainString() + ": counts end at "
                        + Behaviour.MOST_INSTANTS + ", expected at most " + most);
            }
        }

        private String time() {
            Duration time = window.within();
            long days = time.toDays();
            return time.equals(Duration.ofDays(days)) ? days + (days == 1 ? " day" : " days") : time.toString();
        }

        @Override
        public String toString() {
            String what = window.property().isEmpty() ? "count" : "sum of '" + window.property() + "'";
            String less = window.lessEvent().isEmpty() ? "" : " minus '" + window.lessEvent() + "'";
            return what + " of '" + window.event() + "'" + less + " within " + time();
        }
    }

    private static final class Test extends Condition {
        private final String property;
        private final Predicate<Facts> test;

        Test(String text, String property, Predicate<Facts> test) {
            super(text);
            this.property = property;
            this.test = test;
        }

        @Override
        public Stream<String> properties() {
            return property.isEmpty() ? Stream.empty() : Stream.of(property);
        }

        @Override
        public boolean test(Facts facts) {
            return test.test(facts);
        }
    }

    private static final class Through extends Condition {
        private final Window window;
        private final LongPredicate test;

        Through(String text, Window window, LongPredicate test) {
            super(text);
            this.window = window;
            this.test = test;
        }

        @Override
        public boolean test(Facts facts) {
            return test.test(facts.behaviour().value(window, facts.now()));
        }

        @Override
        public Stream<Window> windows() {
            return Stream.of(window);
        }
    }
}

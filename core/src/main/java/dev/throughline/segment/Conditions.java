// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.Given;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.math.BigDecimal;
import java.time.Duration;

/** Begins conditions: about a trait, a property of the event at hand, or what was done before. */
public final class Conditions {

    private Conditions() {}

    /**
     * True of who is in a segment at present.
     *
     * @param segment the segment
     * @return the condition
     */
    public static Condition in(Segment segment) {
        Given.required("condition", "in", segment);
        return InSegment.in(segment);
    }

    /**
     * True of who is on a static list at present.
     *
     * @param list the list's name
     * @return the condition
     * @throws ThroughlineException if it is no line of 1 to 100 characters
     */
    public static Condition onList(String list) {
        Given.required("condition", "onList", list);
        return new OnList(list);
    }

    /**
     * True of the event of entering or leaving a segment.
     *
     * @param segment the segment
     * @return the condition
     */
    public static Condition passing(Segment segment) {
        Given.required("condition", "passing", segment);
        return InSegment.passing(segment);
    }

    /**
     * About a trait of the customer.
     *
     * @param name the trait
     * @return what can be said of it
     */
    public static Value trait(String name) {
        return new Value(Subject.TRAIT, name);
    }

    /**
     * About a property of the event at hand; absent where there is no event.
     *
     * @param name the property
     * @return what can be said of it
     */
    public static Value property(String name) {
        return new Value(Subject.PROPERTY, name);
    }

    /**
     * About a trait of the group in which the customer was named last.
     *
     * @param name the group's trait; {@code id} is the group's id
     * @return what can be said of it
     */
    public static Value group(String name) {
        return new Value(Subject.GROUP, name);
    }

    /**
     * About what a function of the host has answered earlier in the journey; absent where it was not called, or has failed.
     *
     * @param path the name of the call and the value's, such as {@code stock.reserved}
     * @return what can be said of it
     * @throws ThroughlineException if it is no such path
     */
    public static Value called(String path) {
        Given.required("condition", "called", path);
        int dot = path.indexOf('.');
        if (dot < 1 || dot == path.length() - 1) {
            throw new ThroughlineException("called '" + Shown.of(path)
                    + "': expected the name of a call and a value's, such as stock.reserved");
        }
        return new Value(Subject.CALL, path);
    }

    /**
     * About the customer's one basket over app, web and store, as {@link dev.throughline.commerce.CommerceSlice} keeps it.
     *
     * @return what can be said of it
     */
    public static BasketLook basket() {
        return new BasketLook();
    }

    /**
     * About the customer's last 20 orders.
     *
     * @return what can be said of them
     */
    public static OrdersLook orders() {
        return new OrdersLook();
    }

    /**
     * About how often something happened. Counts up to 100 occurrences, because no more instants are kept for a customer. Without
     * {@link Past#within} it looks 400 days back: a year and the month after it.
     *
     * @param event the event's name
     * @return what can be said of it
     */
    public static Past count(String event) {
        Given.required("condition", "count", event);
        return new Past(new Window(event, "", "", LONGEST));
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
        Given.required("condition sum", "event", event);
        Given.required("condition sum", "property", property);
        return new Past(new Window(event, property, "", LONGEST));
    }

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(Behaviour.MOST_DAYS);

    /** A value that conditions are made about. */
    public static final class Value {

        private final Subject subject;
        private final String name;

        Value(Subject subject, String name) {
            this.subject = subject;
            this.name = Given.required("condition", subject.word(), name);
        }

        /**
         * True if the value is this.
         *
         * @param expected text, number or boolean; numbers are compared by size
         * @return the condition
         * @throws ThroughlineException if it is anything else
         */
        public Condition is(Object expected) {
            if (expected instanceof Number number) {
                return compared(Operator.IS, number);
            }
            if (expected instanceof String || expected instanceof Boolean) {
                return new Comparison(subject, name, Operator.IS, expected);
            }
            throw new ThroughlineException(subject.word() + " '" + name + "' is a "
                    + expected.getClass().getSimpleName() + ": expected a text, a number or a boolean");
        }

        /**
         * True if there is a value.
         *
         * @return the condition
         */
        public Condition exists() {
            return new Comparison(subject, name, Operator.EXISTS, true);
        }

        /**
         * True if the value is a number and not smaller.
         *
         * @param bound the bound
         * @return the condition
         */
        public Condition atLeast(Number bound) {
            return compared(Operator.AT_LEAST, bound);
        }

        /**
         * True if the value is a number and smaller.
         *
         * @param bound the bound
         * @return the condition
         */
        public Condition below(Number bound) {
            return compared(Operator.BELOW, bound);
        }

        private Condition compared(Operator operator, Number bound) {
            return new Comparison(
                    subject,
                    name,
                    operator,
                    new BigDecimal(Given.required("condition", "bound", bound).toString()));
        }
    }

    /** A look into the past that conditions are made about. */
    public static final class Past {

        private final Window window;

        Past(Window window) {
            this.window = window;
        }

        /**
         * Less the same property of another event, such as cancellations.
         *
         * @param event the other event's name
         * @return the difference
         */
        public Past minus(String event) {
            Given.required("condition", "minus", event);
            return new Past(new Window(window.event(), window.property(), event, window.within()));
        }

        /**
         * Only what happened within a time before the instant at hand.
         *
         * @param time the time
         * @return the narrower look
         * @throws ThroughlineException if it is not positive or longer than 400 days; of a sum, which is kept by the day, shorter than one
         */
        public Past within(Duration time) {
            Given.required("condition", "within", time);
            if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
                throw new ThroughlineException("window of '" + window.event() + "': " + time
                        + ", expected more than none and at most 400 days");
            }
            if (!window.property().isEmpty() && time.compareTo(DAY) < 0) {
                throw new ThroughlineException("sum of '" + window.property() + "' of '" + window.event() + "' within "
                        + time + ": sums are kept by the day, expected a day at least");
            }
            return new Past(new Window(window.event(), window.property(), window.lessEvent(), time));
        }

        /**
         * True if it is not less.
         *
         * @param bound the bound; of a count at most 100
         * @return the condition
         * @throws ThroughlineException if a count never gets there
         */
        public Condition atLeast(Number bound) {
            return compared(Operator.AT_LEAST, bound);
        }

        /**
         * True if it is more.
         *
         * @param bound the bound; of a count below 100
         * @return the condition
         * @throws ThroughlineException if a count never gets there
         */
        public Condition moreThan(Number bound) {
            return compared(Operator.MORE_THAN, bound);
        }

        /**
         * True if it is less.
         *
         * @param bound the bound; of a count at most 100
         * @return the condition
         * @throws ThroughlineException if a count is always less
         */
        public Condition below(Number bound) {
            return compared(Operator.BELOW, bound);
        }

        /**
         * True if it is exactly this.
         *
         * @param bound the bound; of a count below 100, where counting ends
         * @return the condition
         * @throws ThroughlineException if a count never is, or cannot be told from a greater one
         */
        public Condition exactly(Number bound) {
            return compared(Operator.EXACTLY, bound);
        }

        private Condition compared(Operator operator, Number bound) {
            BigDecimal given =
                    new BigDecimal(Given.required("condition", "bound", bound).toString());
            if (!window.sums()) {
                checkCountable(operator, given);
            }
            return new Recollection(window, operator, given);
        }

        /** At 100 counting ends, so that "more" and "exactly" end before. */
        private void checkCountable(Operator operator, BigDecimal given) {
            boolean ends = operator == Operator.MORE_THAN || operator == Operator.EXACTLY;
            int most = Behaviour.MOST_INSTANTS - (ends ? 1 : 0);
            if (given.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new ThroughlineException(window + " " + operator.sign() + " " + given.toPlainString()
                        + ": counts end at " + Behaviour.MOST_INSTANTS + ", expected at most " + most);
            }
        }
    }
}

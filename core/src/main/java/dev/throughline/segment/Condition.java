// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.commerce.Commerce;
import dev.throughline.customer.Customer;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Json;
import dev.throughline.json.Node;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that is true or false of a customer at an instant. Made by {@link Conditions}; pure, immutable, thread-safe. Its text
 * is canonical: two conditions of one text are the same condition.
 */
public abstract sealed class Condition
        permits Comparison, InSegment, OnList, Recollection, CommerceTest, Condition.Combined, Condition.Negated {

    private final String text;

    Condition(String text) {
        this.text = text;
    }

    /**
     * A condition from JSON.
     *
     * @param json a document as {@link #toJson} writes it
     * @return the condition
     * @throws ThroughlineException telling everything that is wrong with it, by place, value and what was expected
     */
    public static Condition parse(String json) {
        return Json.parse(json, "condition", ConditionJson::read, ThroughlineException::new);
    }

    /**
     * As JSON.
     *
     * @return a document whose schema is {@code condition.schema.json}
     */
    public final String toJson() {
        return Json.document(data());
    }

    /**
     * A condition from a part of a document. For the rooms above.
     *
     * @param node the part
     * @return the condition, or {@code null} if it is wrong, which the part tells
     */
    public static @Nullable Condition read(Node node) {
        return ConditionJson.read(node);
    }

    /**
     * As a part of a document: names, operators and operands of plain types. For the rooms above.
     *
     * @return its members, in the order in which they are told
     */
    public abstract Map<String, Object> data();

    /**
     * What a condition is asked about.
     *
     * @param customer who
     * @param behaviour what she did
     * @param commerce her basket and orders
     * @param lists the static lists that she is on
     * @param event the properties of the event at hand; empty if there is none
     * @param answers what functions of the host have answered in the journey at hand, by the names of the calls
     * @param now when
     */
    public record Facts(
            Customer customer,
            Behaviour behaviour,
            Commerce commerce,
            Lists lists,
            Map<String, @Nullable Object> event,
            Map<String, @Nullable Object> answers,
            Instant now) {

        /**
         * Of somebody of whose lists nothing is known, and in whose journey no function has answered.
         *
         * @param customer who
         * @param behaviour what she did
         * @param commerce her basket and orders
         * @param event the properties of the event at hand
         * @param now when
         */
        public Facts(
                Customer customer,
                Behaviour behaviour,
                Commerce commerce,
                Map<String, @Nullable Object> event,
                Instant now) {
            this(customer, behaviour, commerce, Lists.NONE, event, Map.of(), now);
        }

        /**
         * Of somebody whose basket and orders nobody looks at.
         *
         * @param customer who
         * @param behaviour what she did
         * @param event the properties of the event at hand
         * @param now when
         */
        public Facts(Customer customer, Behaviour behaviour, Map<String, @Nullable Object> event, Instant now) {
            this(customer, behaviour, Commerce.NONE, event, now);
        }

        /**
         * The same of a customer of whom more is known.
         *
         * @param changed the customer
         * @return the changed facts
         */
        public Facts of(Customer changed) {
            return new Facts(changed, behaviour, commerce, lists, event, answers, now);
        }

        /**
         * The same in a journey in which functions have answered.
         *
         * @param given what they have answered
         * @return the changed facts
         */
        public Facts with(Map<String, @Nullable Object> given) {
            return new Facts(customer, behaviour, commerce, lists, event, given, now);
        }
    }

    /**
     * Whether it is true.
     *
     * @param facts of whom and when
     * @return whether it holds
     */
    public abstract boolean test(Facts facts);

    /**
     * Why it is true, or is not.
     *
     * @param facts of whom and when
     * @return what it found
     */
    public Reason reason(Facts facts) {
        return Reason.of(this, test(facts), found(facts));
    }

    /** What it looks at, in words. */
    abstract String found(Facts facts);

    /**
     * The windows it looks through.
     *
     * @return the windows, which must be remembered for it
     */
    public Stream<Window> windows() {
        return Stream.empty();
    }

    /**
     * The properties of the event at hand that it looks at.
     *
     * @return their names
     */
    public Stream<String> properties() {
        return Stream.empty();
    }

    /**
     * The traits of the customer that it looks at itself, not by way of a segment.
     *
     * @return their names
     */
    public Stream<String> traits() {
        return Stream.empty();
    }

    /**
     * What functions of the host have answered that it looks at.
     *
     * @return paths such as {@code stock.reserved}
     */
    public Stream<String> answers() {
        return Stream.empty();
    }

    /**
     * The segments that it asks for, which must be kept for it.
     *
     * @return the segments
     */
    public Stream<Segment> segments() {
        return Stream.empty();
    }

    /**
     * The static lists that it asks for.
     *
     * @return their names
     */
    public Stream<String> lists() {
        return Stream.empty();
    }

    /**
     * Whether it says that somebody is in a segment or on a list, and nothing else: of these it is known when she comes and goes.
     *
     * @return whether it does
     */
    public boolean isMembership() {
        return false;
    }

    /**
     * Whether it looks at her basket or orders, which are only kept where something does.
     *
     * @return whether it does
     */
    public boolean usesCommerce() {
        return false;
    }

    /**
     * True if both are.
     *
     * @param other the other
     * @return the conjunction
     */
    public Condition and(Condition other) {
        return new Combined("(" + this + " and " + other + ")", chain(other, true), true);
    }

    /**
     * True if one is.
     *
     * @param other the other
     * @return the disjunction
     */
    public Condition or(Condition other) {
        return new Combined("(" + this + " or " + other + ")", chain(other, false), false);
    }

    /** A chain of one kind is tested as one list. */
    private Condition[] chain(Condition last, boolean all) {
        Condition[] before =
                this instanceof Combined combined && combined.all == all ? combined.parts : new Condition[] {this};
        Condition[] chain = Arrays.copyOf(before, before.length + 1);
        chain[before.length] = last;
        return chain;
    }

    /**
     * True if this is false.
     *
     * @return the negation
     */
    public Condition negate() {
        return new Negated(this);
    }

    @SafeVarargs
    static Map<String, Object> data(Map.Entry<String, Object>... parts) {
        var data = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, Object> part : parts) {
            data.put(part.getKey(), part.getValue());
        }
        return data;
    }

    /** The canonical text. */
    @Override
    public final String toString() {
        return text;
    }

    static final class Combined extends Condition {
        private final Condition[] parts;
        private final boolean all;

        Combined(String text, Condition[] parts, boolean all) {
            super(text);
            this.parts = parts;
            this.all = all;
        }

        @Override
        public boolean test(Facts facts) {
            for (Condition part : parts) {
                if (part.test(facts) != all) {
                    return !all;
                }
            }
            return all;
        }

        @Override
        public Reason reason(Facts facts) {
            var reasons = Arrays.stream(parts).map(part -> part.reason(facts)).toList();
            return new Reason(all ? "all of" : "one of", test(facts), "", reasons);
        }

        @Override
        String found(Facts facts) {
            return "";
        }

        @Override
        public Stream<Window> windows() {
            return Arrays.stream(parts).flatMap(Condition::windows);
        }

        @Override
        public Stream<Segment> segments() {
            return Arrays.stream(parts).flatMap(Condition::segments);
        }

        @Override
        public Stream<String> lists() {
            return Arrays.stream(parts).flatMap(Condition::lists);
        }

        @Override
        public Stream<String> properties() {
            return Arrays.stream(parts).flatMap(Condition::properties);
        }

        @Override
        public Stream<String> answers() {
            return Arrays.stream(parts).flatMap(Condition::answers);
        }

        @Override
        public Stream<String> traits() {
            return Arrays.stream(parts).flatMap(Condition::traits);
        }

        @Override
        public Map<String, Object> data() {
            return Map.of(
                    all ? "all" : "any",
                    Arrays.stream(parts).map(Condition::data).toList());
        }

        @Override
        public boolean usesCommerce() {
            return Arrays.stream(parts).anyMatch(Condition::usesCommerce);
        }
    }

    static final class Negated extends Condition {
        private final Condition inner;

        Negated(Condition inner) {
            super("not " + inner);
            this.inner = inner;
        }

        @Override
        public boolean test(Facts facts) {
            return !inner.test(facts);
        }

        @Override
        public Reason reason(Facts facts) {
            return new Reason("not", test(facts), "", List.of(inner.reason(facts)));
        }

        @Override
        String found(Facts facts) {
            return "";
        }

        @Override
        public Stream<Window> windows() {
            return inner.windows();
        }

        @Override
        public Stream<Segment> segments() {
            return inner.segments();
        }

        @Override
        public Stream<String> lists() {
            return inner.lists();
        }

        @Override
        public Stream<String> properties() {
            return inner.properties();
        }

        @Override
        public Stream<String> answers() {
            return inner.answers();
        }

        @Override
        public Stream<String> traits() {
            return inner.traits();
        }

        @Override
        public Map<String, Object> data() {
            return Map.of("not", inner.data());
        }

        @Override
        public boolean usesCommerce() {
            return inner.usesCommerce();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.identity.Given;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event that is a record of the host's, so that a wrong type does not compile: what is tracked has the properties that conditions look
 * at. Each component is a property under its name with underscores, as the e-commerce spec spells them ({@code orderId} is {@code
 * order_id}); records inside are maps; an empty {@code Optional} and {@code null} are left out. Immutable and thread-safe.
 *
 * <pre>{@code
 * record OrderCompleted(String orderId, BigDecimal total) {}
 *
 * var ORDER = EventType.of("Order Completed", OrderCompleted.class);
 * var TOTAL = ORDER.number("total", OrderCompleted::total);
 *
 * event(ORDER, TOTAL.atLeast(1_000_000))
 * throughline.track(mai, ORDER, new OrderCompleted("A-17", total));
 * }</pre>
 *
 * @param <E> the record; its package has to be open to this library if its module is named
 */
public final class EventType<E extends Record> {

    private final String name;
    private final Map<String, RecordComponent> components = new LinkedHashMap<>();

    private EventType(String name, Class<E> type) {
        this.name = name;
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(property(component), component);
        }
    }

    /**
     * Registers a record as an event.
     *
     * @param <E> the record
     * @param name the event's name, such as {@code Order Completed}
     * @param type the record
     * @return the event
     * @throws ThroughlineException if the name is empty or holds line breaks
     */
    public static <E extends Record> EventType<E> of(String name, Class<E> type) {
        Given.required("event type of", "name", name);
        Given.required("event type of", "type", type);
        if (!Identity.isLine(name)) {
            throw new ThroughlineException("event '" + Shown.of(name) + "' of " + type.getName()
                    + ": expected a name such as Order Completed");
        }
        return new EventType<>(name, type);
    }

    /**
     * The event's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * A text of the event.
     *
     * @param property the property's name
     * @param read the component that it is
     * @return what conditions are made about
     * @throws ThroughlineException if the record has no such component, or of another type
     */
    public TextKey<E> text(String property, Function<E, ? extends @Nullable CharSequence> read) {
        return new TextKey<>(value(property, CharSequence.class));
    }

    /**
     * A number of the event.
     *
     * @param property the property's name
     * @param read the component that it is
     * @return what conditions are made about
     * @throws ThroughlineException if the record has no such component, or of another type
     */
    public NumberKey<E> number(String property, Function<E, ? extends @Nullable Number> read) {
        return new NumberKey<>(value(property, Number.class));
    }

    /**
     * A flag of the event.
     *
     * @param property the property's name
     * @param read the component that it is
     * @return what conditions are made about
     * @throws ThroughlineException if the record has no such component, or of another type
     */
    public FlagKey<E> flag(String property, Function<E, @Nullable Boolean> read) {
        return new FlagKey<>(value(property, Boolean.class));
    }

    /** The function says the type to the compiler; that the name goes with it is checked here. */
    private Conditions.Value value(String property, Class<?> expected) {
        RecordComponent component = components.get(property);
        if (component == null || !expected.isAssignableFrom(boxed(component.getType()))) {
            throw new ThroughlineException("event '" + name + "', property '" + property + "': "
                    + (component == null
                            ? "no component"
                            : "a " + component.getType().getSimpleName())
                    + ", expected a " + expected.getSimpleName() + " among " + components.keySet());
        }
        return Conditions.property(property);
    }

    /**
     * What the library keeps of an event.
     *
     * @param event the event
     * @return its properties
     * @throws ThroughlineException if the record cannot be read, which its module has to allow
     */
    public Map<String, @Nullable Object> properties(E event) {
        var properties = new TreeMap<String, @Nullable Object>();
        components.forEach((property, component) -> put(properties, property, read(component, event)));
        return properties;
    }

    private static void put(Map<String, @Nullable Object> properties, String property, @Nullable Object value) {
        Object plain = plain(value);
        if (plain != null) {
            properties.put(property, plain);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(EventType::plain).toList();
        }
        if (value instanceof Record record) {
            var properties = new TreeMap<String, @Nullable Object>();
            Arrays.stream(record.getClass().getRecordComponents())
                    .forEach(component -> put(properties, property(component), read(component, record)));
            return properties;
        }
        return value instanceof CharSequence text ? text.toString() : value;
    }

    private static @Nullable Object read(RecordComponent component, Record event) {
        try {
            var accessor = component.getAccessor();
            accessor.trySetAccessible();
            return accessor.invoke(event);
        } catch (ReflectiveOperationException unreadable) {
            throw new ThroughlineException(
                    "event " + event.getClass().getName() + ", component '" + component.getName()
                            + "' cannot be read: expected its package to be open to dev.throughline",
                    unreadable);
        }
    }

    private static String property(RecordComponent component) {
        return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static Class<?> boxed(Class<?> type) {
        if (type == boolean.class) {
            return Boolean.class;
        }
        return type.isPrimitive() && type != char.class ? Number.class : type;
    }

    /**
     * Something that holds of one event and no other.
     *
     * @param <E> the event
     * @param condition what holds
     */
    public record Check<E extends Record>(Condition condition) {

        /**
         * True if both are.
         *
         * @param other the other
         * @return the conjunction
         */
        public Check<E> and(Check<E> other) {
            return new Check<>(condition.and(other.condition));
        }

        /**
         * True if one is.
         *
         * @param other the other
         * @return the disjunction
         */
        public Check<E> or(Check<E> other) {
            return new Check<>(condition.or(other.condition));
        }

        /**
         * True if this is false.
         *
         * @return the negation
         */
        public Check<E> negate() {
            return new Check<>(condition.negate());
        }
    }

    /**
     * A text.
     *
     * @param <E> the event
     */
    public static final class TextKey<E extends Record> {
        private final Conditions.Value value;

        private TextKey(Conditions.Value value) {
            this.value = value;
        }

        /**
         * True if it is this.
         *
         * @param expected the text
         * @return the condition
         */
        public Check<E> is(String expected) {
            return new Check<>(value.is(expected));
        }

        /**
         * True if there is one.
         *
         * @return the condition
         */
        public Check<E> exists() {
            return new Check<>(value.exists());
        }
    }

    /**
     * A number.
     *
     * @param <E> the event
     */
    public static final class NumberKey<E extends Record> {
        private final Conditions.Value value;

        private NumberKey(Conditions.Value value) {
            this.value = value;
        }

        /**
         * True if it is of this size.
         *
         * @param expected the number
         * @return the condition
         */
        public Check<E> is(Number expected) {
            return new Check<>(value.is(expected));
        }

        /**
         * True if it is not smaller.
         *
         * @param bound the bound
         * @return the condition
         */
        public Check<E> atLeast(Number bound) {
            return new Check<>(value.atLeast(bound));
        }

        /**
         * True if it is smaller.
         *
         * @param bound the bound
         * @return the condition
         */
        public Check<E> below(Number bound) {
            return new Check<>(value.below(bound));
        }
    }

    /**
     * A flag.
     *
     * @param <E> the event
     */
    public static final class FlagKey<E extends Record> {
        private final Conditions.Value value;

        private FlagKey(Conditions.Value value) {
            this.value = value;
        }

        /**
         * True if it is set.
         *
         * @return the condition
         */
        public Check<E> isTrue() {
            return new Check<>(value.is(true));
        }

        /**
         * True if it is there and not set.
         *
         * @return the condition
         */
        public Check<E> isFalse() {
            return new Check<>(value.is(false));
        }
    }
}

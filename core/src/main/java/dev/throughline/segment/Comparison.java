// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a trait or a property against a text, number or flag. */
final class Comparison extends Condition {

    private final Subject subject;
    private final String name;
    private final Operator operator;
    private final Object operand;
    private final Predicate<@Nullable Object> accepts;

    /**
     * A comparison.
     *
     * @param subject what it is about
     * @param name of the trait or property
     * @param operator how
     * @param operand a text, a {@link BigDecimal} or a flag; true for {@link Operator#EXISTS}
     */
    Comparison(Subject subject, String name, Operator operator, Object operand) {
        super(text(subject, name, operator, operand));
        this.subject = subject;
        this.name = name;
        this.operator = operator;
        this.operand = operand;
        this.accepts = accepts(operator, operand);
    }

    private static String text(Subject subject, String name, Operator operator, Object operand) {
        String text = subject.word() + " '" + name + "' " + operator.sign();
        return operator == Operator.EXISTS ? text : text + " " + shown(operand);
    }

    private static String shown(Object operand) {
        if (operand instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return operand instanceof String ? "'" + operand + "'" : operand.toString();
    }

    private static Predicate<@Nullable Object> accepts(Operator operator, Object operand) {
        if (operator == Operator.EXISTS) {
            return value -> value != null;
        }
        if (operand instanceof BigDecimal limit) {
            var against = Numbers.comparison(limit);
            return value -> value instanceof Number number && operator.accepts(against.applyAsInt(number));
        }
        return operand::equals;
    }

    @Override
    public boolean test(Facts facts) {
        return accepts.test(subject.of(facts, name));
    }

    @Override
    String found(Facts facts) {
        Object value = subject.of(facts, name);
        return value == null ? "nothing" : shown(value);
    }

    @Override
    public Stream<String> properties() {
        return subject == Subject.PROPERTY ? Stream.of(name) : Stream.empty();
    }

    @Override
    public Stream<String> traits() {
        return subject == Subject.TRAIT ? Stream.of(name) : Stream.empty();
    }

    @Override
    public Stream<String> answers() {
        return subject == Subject.CALL ? Stream.of(name) : Stream.empty();
    }

    @Override
    public Map<String, Object> data() {
        return data(Map.entry(subject.word(), name), Map.entry(operator.word(), operand));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds a trait or a property against a text, number or flag. */
final class Comparison extends Condition {

    private final boolean trait;
    private final String name;
    private final Operator operator;
    private final Object operand;
    private final Predicate<@Nullable Object> accepts;

    /**
     * A comparison.
     *
     * @param trait whether it is about a trait, else about a property
     * @param name of the trait or property
     * @param operator how
     * @param operand a text, a {@link BigDecimal} or a flag; true for {@link Operator#EXISTS}
     */
    Comparison(boolean trait, String name, Operator operator, Object operand) {
        super(text(trait, name, operator, operand));
        this.trait = trait;
        this.name = name;
        this.operator = operator;
        this.operand = operand;
        this.accepts = accepts(operator, operand);
    }

    private static String text(boolean trait, String name, Operator operator, Object operand) {
        String subject = (trait ? "trait '" : "property '") + name + "' " + operator.sign();
        return operator == Operator.EXISTS ? subject : subject + " " + shown(operand);
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
        return accepts.test(
                trait
                        ? facts.customer().profile().traits().get(name)
                        : facts.event().get(name));
    }

    @Override
    public Stream<String> properties() {
        return trait ? Stream.empty() : Stream.of(name);
    }

    @Override
    public Map<String, Object> data() {
        return data(Map.entry(trait ? "trait" : "property", name), Map.entry(operator.word(), operand));
    }
}

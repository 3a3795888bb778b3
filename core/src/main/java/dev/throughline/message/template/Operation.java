// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.operator.Associativity;
import io.pebbletemplates.pebble.operator.BinaryOperator;
import io.pebbletemplates.pebble.operator.BinaryOperatorImpl;
import io.pebbletemplates.pebble.operator.BinaryOperatorType;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/**
 * An operator between two values. Pebble's own calculate money in floating point, join texts without bound and hide what went wrong;
 * these calculate in decimals of 34 digits, count what they touch and refuse what they do not understand.
 */
final class Operation extends BinaryExpression<Object> {
    private final Rule rule;

    private Operation(Rule rule) {
        this.rule = rule;
    }

    static List<BinaryOperator> operators() {
        return List.of(
                operator("contains", 20, Operation::contains),
                operator("==", 30, Operation::same),
                operator("equals", 30, Operation::same),
                operator("!=", 30, (left, right, rendering, line) -> !same(left, right, rendering, line)),
                operator(">", 30, (left, right, rendering, line) -> compare(left, right, line) > 0),
                operator("<", 30, (left, right, rendering, line) -> compare(left, right, line) < 0),
                operator(">=", 30, (left, right, rendering, line) -> compare(left, right, line) >= 0),
                operator("<=", 30, (left, right, rendering, line) -> compare(left, right, line) <= 0),
                operator("+", 40, decimals(BigDecimal::add)),
                operator("-", 40, decimals(BigDecimal::subtract)),
                operator("*", 60, decimals(BigDecimal::multiply)),
                operator("/", 60, decimals(BigDecimal::divide)),
                operator("%", 60, decimals(BigDecimal::remainder)),
                operator("~", 110, Operation::join));
    }

    private static BinaryOperator operator(String symbol, int precedence, Rule rule) {
        return new BinaryOperatorImpl(
                symbol, precedence, () -> new Operation(rule), BinaryOperatorType.NORMAL, Associativity.LEFT);
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
        Object left = getLeftExpression().evaluate(self, context);
        Object right = getRightExpression().evaluate(self, context);
        return rule.apply(left, right, (Rendering) context, getLineNumber());
    }

    private static Rule decimals(Calculation calculation) {
        return (left, right, rendering, line) -> {
            try {
                var result = calculation.apply(
                        Values.decimal(left, line), Values.decimal(right, line), MathContext.DECIMAL128);
                return Values.computed(result, line);
            } catch (ArithmeticException e) {
                throw new Refusal(line, "a calculation has no result, such as a division by zero");
            }
        };
    }

    private static int compare(Object left, Object right, int line) {
        return Values.decimal(left, line).compareTo(Values.decimal(right, line));
    }

    private static boolean same(Object left, Object right, Rendering rendering, int line) {
        if (left instanceof Number && right instanceof Number) {
            return compare(left, right, line) == 0;
        }
        if (!Values.isPlain(left) || !Values.isPlain(right)) {
            throw new Refusal(line, Values.kind(left) + " is compared with " + Values.kind(right));
        }
        if (left instanceof String text && right instanceof String other) {
            rendering.work(Math.min(text.length(), other.length()), line);
        }
        return left.equals(right);
    }

    private static boolean contains(Object left, Object right, Rendering rendering, int line) {
        if (left instanceof List<?> list) {
            rendering.work(list.size(), line);
            return list.stream()
                    .anyMatch(element ->
                            element != null && Values.isPlain(element) && same(element, right, rendering, line));
        }
        if (left instanceof Map<?, ?> map) {
            return map.containsKey(Values.text(right, line));
        }
        String text = Values.text(left, line);
        String part = Values.text(right, line);
        rendering.work(text.length() + (long) text.length() * part.length() / 16, line);
        return text.contains(part);
    }

    private static String join(Object left, Object right, Rendering rendering, int line) {
        String head = Values.text(left, line);
        String tail = Values.text(right, line);
        rendering.room((long) head.length() + tail.length(), line);
        return head + tail;
    }

    private interface Rule {
        Object apply(Object left, Object right, Rendering rendering, int line);
    }

    private interface Calculation {
        BigDecimal apply(BigDecimal left, BigDecimal right, MathContext precision);
    }
}

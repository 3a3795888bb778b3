// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.commerce.Stage;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.json.Node;
import dev.throughline.segment.Conditions.Past;
import dev.throughline.segment.Conditions.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads conditions from JSON; what they write is their data. */
final class ConditionJson {

    private static final List<String> KINDS = List.of(
            "all",
            "any",
            "basket",
            "basketContains",
            "call",
            "count",
            "group",
            "in",
            "not",
            "onList",
            "orders",
            "ordersAt",
            "passing",
            "property",
            "sum",
            "trait");
    private static final List<String> OF_VALUES = List.of("is", "exists", "atLeast", "below");
    private static final List<String> OF_COMMERCE = List.of("atLeast", "below", "exactly");
    private static final List<String> OF_BASKETS = List.of("lines", "quantity", "total");
    private static final List<String> OF_PASTS = List.of("atLeast", "moreThan", "below", "exactly");

    private ConditionJson() {}

    static @Nullable Condition read(Node node) {
        String kind = node.kind(KINDS);
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case "all" -> chain(node, kind, Condition::and);
            case "any" -> chain(node, kind, Condition::or);
            case "not" -> negation(node.part(kind).whole(ConditionJson::read));
            case "trait" -> value(node, Conditions.trait(node.word(kind)));
            case "group" -> value(node, Conditions.group(node.word(kind)));
            case "call" -> called(node, kind);
            case "basket" -> basket(node, node.word(kind));
            case "basketContains" -> contained(node, kind);
            case "onList" -> listed(node, kind);
            case "orders" -> reached(node, node.required(kind, Stage.class));
            case "ordersAt" -> number(node, at(node.required(kind, Stage.class)));
            case "in" -> segment(node, kind, Conditions::in);
            case "passing" -> segment(node, kind, Conditions::passing);
            case "property" -> value(node, Conditions.property(node.word(kind)));
            case "count" -> past(node, Conditions.count(node.word(kind)));
            default -> past(node, Conditions.sum(node.word("of"), node.word(kind)));
        };
    }

    private static @Nullable Condition chain(Node node, String kind, BinaryOperator<Condition> link) {
        var parts = new ArrayList<Condition>();
        List<Node> nodes = node.parts(kind);
        for (Node part : nodes) {
            Condition condition = part.whole(ConditionJson::read);
            if (condition != null) {
                parts.add(condition);
            }
        }
        if (nodes.isEmpty()) {
            node.fault(kind, "nothing", "at least one condition", kind);
        }
        return parts.stream().reduce(link).orElse(null);
    }

    /** A condition about a segment brings the segment along, or names one that a document defines. */
    private static @Nullable Condition segment(Node node, String kind, Function<Segment, Condition> about) {
        NamedSegments named = node.known(NamedSegments.class);
        Segment segment = named != null && !node.has("where") ? named.find(node, kind) : brought(node, kind);
        if (named != null && segment != null && node.has("where")) {
            named.brought(node, kind, segment);
        }
        return segment == null ? null : about.apply(segment);
    }

    private static @Nullable Segment brought(Node node, String kind) {
        String name = node.word(kind);
        Condition where = node.part("where").whole(ConditionJson::read);
        String description = node.text("description", "");
        return where == null ? null : made(node, kind, () -> new Segment(name, where, description));
    }

    private static @Nullable Condition negation(@Nullable Condition condition) {
        return condition == null ? null : condition.negate();
    }

    private static @Nullable Condition value(Node node, Value value) {
        String operator = node.kind(OF_VALUES);
        if (operator == null) {
            return null;
        }
        return switch (operator) {
            case "is" -> value.is(node.scalar(operator));
            case "exists" ->
                node.flag(operator, true)
                        ? value.exists()
                        : node.fault(operator, "false", "true, within \"not\" for the opposite", value.exists());
            case "atLeast" -> value.atLeast(node.decimal(operator));
            default -> value.below(node.decimal(operator));
        };
    }

    private static @Nullable Condition called(Node node, String kind) {
        String path = node.word(kind);
        Value value = made(node, kind, () -> Conditions.called(path));
        if (value == null) {
            OF_VALUES.forEach(node::skip);
            return null;
        }
        return value(node, value);
    }

    private static @Nullable Condition past(Node node, Past whole) {
        Past less = node.has("minus") ? whole.minus(node.word("minus")) : whole;
        Past past = node.has("within") ? within(node, less) : less;
        node.skip("minus");
        node.skip("within");
        String operator = node.kind(OF_PASTS);
        if (operator == null || past == null) {
            return null;
        }
        BigDecimal bound = node.decimal(operator);
        return made(node, operator, () -> switch (operator) {
            case "atLeast" -> past.atLeast(bound);
            case "moreThan" -> past.moreThan(bound);
            case "below" -> past.below(bound);
            default -> past.exactly(bound);
        });
    }

    private static @Nullable Condition basket(Node node, String measure) {
        var basket = Conditions.basket();
        return switch (measure) {
            case "lines" -> number(node, basket.lines());
            case "quantity" -> number(node, basket.quantity());
            case "total" -> number(node, basket.total());
            default -> node.fault("basket", measure, "one of " + OF_BASKETS, basket.isEmpty());
        };
    }

    private static @Nullable Condition listed(Node node, String member) {
        String list = node.word(member);
        return made(node, member, () -> Conditions.onList(list));
    }

    private static @Nullable Condition contained(Node node, String member) {
        String product = node.word(member);
        return made(node, member, () -> Conditions.basket().contains(product));
    }

    private static @Nullable CommerceNumber at(@Nullable Stage stage) {
        return stage == null ? null : Conditions.orders().at(stage);
    }

    private static @Nullable Condition reached(Node node, @Nullable Stage stage) {
        Duration time = node.has("within") ? node.duration("within", Duration.ofDays(1)) : null;
        node.skip("within");
        String operator = node.kind(List.of("atLeast", "below"));
        if (operator == null || stage == null) {
            return null;
        }
        BigDecimal bound = node.decimal(operator);
        return made(node, operator, () -> {
            var all = Conditions.orders().reached(stage);
            var some = time == null ? all : all.within(time);
            int number = whole(bound);
            return operator.equals("atLeast") ? some.atLeast(number) : some.below(number);
        });
    }

    private static int whole(BigDecimal bound) {
        try {
            return bound.intValueExact();
        } catch (ArithmeticException fraction) {
            throw new ThroughlineException(bound + " orders, expected a whole number", fraction);
        }
    }

    private static @Nullable Condition number(Node node, @Nullable CommerceNumber number) {
        String operator = node.kind(OF_COMMERCE);
        if (operator == null || number == null) {
            return null;
        }
        BigDecimal bound = node.decimal(operator);
        return switch (operator) {
            case "atLeast" -> number.atLeast(bound);
            case "below" -> number.below(bound);
            default -> number.exactly(bound);
        };
    }

    private static @Nullable Past within(Node node, Past past) {
        Duration time = node.duration("within", Duration.ofDays(1));
        return made(node, "within", () -> past.within(time));
    }

    private static <T> @Nullable T made(Node node, String member, Supplier<T> maker) {
        return node.made(member, ThroughlineException.class, maker);
    }
}

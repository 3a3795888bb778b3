// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments that a template gives to a filter, a test or a function. */
final class Use {
    private final String what;
    private final int line;
    private final List<Expression<?>> inOrder = new ArrayList<>();
    private final Map<String, Expression<?>> byName = new LinkedHashMap<>();

    Use(String what, ArgumentsNode given, int line) {
        this.what = what;
        this.line = line;
        if (given.getPositionalArgs() != null) {
            given.getPositionalArgs().forEach(argument -> inOrder.add(argument.getValueExpression()));
        }
        if (given.getNamedArgs() != null) {
            given.getNamedArgs().forEach(argument -> byName.put(argument.getName(), argument.getValueExpression()));
        }
    }

    List<Expression<?>> values() {
        var values = new ArrayList<>(inOrder);
        values.addAll(byName.values());
        return values;
    }

    void require(List<String> parameters, int required) {
        boolean tooMany = inOrder.size() > parameters.size() || !parameters.containsAll(byName.keySet());
        boolean tooFew = parameters.subList(0, required).stream()
                .anyMatch(
                        parameter -> parameters.indexOf(parameter) >= inOrder.size() && !byName.containsKey(parameter));
        if (tooMany || tooFew) {
            throw new Refusal(line, what + " has wrong arguments, expected (" + String.join(", ", parameters) + ")");
        }
    }

    /** The first argument of a filter that wants it written out as a quoted text. */
    Optional<String> literal(BuiltIn filter) {
        Expression<?> first = inOrder.isEmpty() ? byName.get(filter.parameters().get(0)) : inOrder.get(0);
        if (first == null) {
            return Optional.empty();
        }
        if (first instanceof LiteralStringExpression written) {
            return Optional.of(written.getValue());
        }
        throw new Refusal(line, what + ": expected its " + filter.parameters().get(0) + " as a quoted text");
    }
}

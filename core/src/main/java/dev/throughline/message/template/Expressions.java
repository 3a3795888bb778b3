// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.Test;
import io.pebbletemplates.pebble.extension.core.DefaultFilter;
import io.pebbletemplates.pebble.extension.core.DefinedTest;
import io.pebbletemplates.pebble.node.TestInvocationExpression;
import io.pebbletemplates.pebble.node.expression.AndExpression;
import io.pebbletemplates.pebble.node.expression.ArrayExpression;
import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.FilterExpression;
import io.pebbletemplates.pebble.node.expression.FilterInvocationExpression;
import io.pebbletemplates.pebble.node.expression.FunctionOrMacroInvocationExpression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.LiteralBigDecimalExpression;
import io.pebbletemplates.pebble.node.expression.LiteralBooleanExpression;
import io.pebbletemplates.pebble.node.expression.LiteralLongExpression;
import io.pebbletemplates.pebble.node.expression.LiteralNullExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import io.pebbletemplates.pebble.node.expression.MapExpression;
import io.pebbletemplates.pebble.node.expression.OrExpression;
import io.pebbletemplates.pebble.node.expression.PositiveTestExpression;
import io.pebbletemplates.pebble.node.expression.RangeExpression;
import io.pebbletemplates.pebble.node.expression.TernaryExpression;
import io.pebbletemplates.pebble.node.expression.UnaryNotExpression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks expressions against the dialect, counts them, and notes the variables they read. */
final class Expressions {
    private static final int DEEPEST = 100;
    private static final Set<Class<?>> LITERALS = Set.of(
            LiteralStringExpression.class,
            LiteralBigDecimalExpression.class,
            LiteralLongExpression.class,
            LiteralBooleanExpression.class);
    private static final Set<Class<?>> BINARY =
            Set.of(Operation.class, AndExpression.class, OrExpression.class, RangeExpression.class);

    private final ContentType type;
    private final List<Read> reads = new ArrayList<>();
    private final List<String> locals = new ArrayList<>();
    private int count;
    private int depth;
    private boolean optional;

    Expressions(ContentType type) {
        this.type = type;
    }

    List<Read> reads() {
        return List.copyOf(reads);
    }

    void declare(String local) {
        locals.add(local);
    }

    /** Counts the expressions in the body of a loop. */
    int countedIn(String variable, Runnable body) {
        int before = count;
        List<String> loop = List.of("loop", variable);
        locals.addAll(loop);
        body.run();
        loop.forEach(locals::remove);
        return count - before;
    }

    void visit(Expression<?> expression) {
        count++;
        deeper(expression);
        dispatch(expression);
        depth--;
    }

    private void deeper(Expression<?> expression) {
        if (++depth > DEEPEST) {
            throw new Refusal(expression.getLineNumber(), "an expression is nested more than " + DEEPEST + " deep");
        }
    }

    private void dispatch(Expression<?> expression) {
        if (expression instanceof ContextVariableExpression || expression instanceof GetAttributeExpression) {
            read(expression);
        } else if (expression instanceof FilterExpression filter) {
            filter(filter);
        } else if (expression instanceof PositiveTestExpression test) {
            test(test);
        } else if (expression instanceof FunctionOrMacroInvocationExpression call) {
            function(call);
        } else if (!LITERALS.contains(expression.getClass())) {
            parts(expression);
        }
    }

    private void parts(Expression<?> expression) {
        if (BINARY.contains(expression.getClass())) {
            visit(((BinaryExpression<?>) expression).getLeftExpression());
            visit(((BinaryExpression<?>) expression).getRightExpression());
        } else if (expression instanceof UnaryNotExpression not) {
            visit(not.getChildExpression());
        } else if (expression instanceof TernaryExpression choice) {
            visit(choice.getExpression1());
            visit(choice.getExpression2());
            visit(choice.getExpression3());
        } else if (expression instanceof ArrayExpression list) {
            list.getValues().forEach(this::visit);
        } else {
            throw new Refusal(expression.getLineNumber(), stranger(expression));
        }
    }

    private static String stranger(Expression<?> expression) {
        if (expression instanceof LiteralNullExpression) {
            return "null is used, expected 'is defined' or the filter default";
        }
        return expression instanceof MapExpression
                ? "a map is written out, expected a list"
                : "an expression that templates do not have";
    }

    private void read(Expression<?> expression) {
        var names = new TreeSet<String>();
        var steps = new ArrayDeque<String>();
        Expression<?> owner = expression;
        int outside = depth;
        while (owner instanceof GetAttributeExpression attribute) {
            deeper(attribute);
            step(attribute, steps, names);
            owner = attribute.getNode();
        }
        if (owner instanceof ContextVariableExpression root) {
            steps.addFirst(root.getName());
            names.add(root.getName());
            boolean local = locals.contains(root.getName());
            reads.add(new Read(List.copyOf(steps), names, root.getLineNumber(), local, optional));
        } else {
            visit(owner);
        }
        depth = outside;
    }

    private void step(GetAttributeExpression attribute, ArrayDeque<String> steps, Set<String> names) {
        count++;
        Expression<?> name = attribute.getAttributeNameExpression();
        if (attribute.getArgumentsNode() != null) {
            throw new Refusal(attribute.getLineNumber(), "a method is called, expected the name of a value");
        }
        if (name instanceof LiteralStringExpression written) {
            steps.addFirst(written.getValue());
            names.add(written.getValue());
        } else {
            steps.clear();
            visit(name);
        }
    }

    private void filter(FilterExpression expression) {
        var use = (FilterInvocationExpression) expression.getRightExpression();
        String name = use.getFilterName();
        Filter filter = Dialect.FILTERS.get(name);
        if (filter == null) {
            throw unknown("filter", name, Dialect.FILTERS.keySet(), use.getLineNumber());
        }
        int required = filter instanceof BuiltIn builtIn ? builtIn.required() : 1;
        var arguments = new Use("filter " + name, use.getArgs(), use.getLineNumber());
        arguments.require(filter.getArgumentNames(), required);
        arguments.values().forEach(this::visit);
        if (filter instanceof BuiltIn builtIn && builtIn.literal() != BuiltIn.Literal.NONE) {
            arguments.literal(builtIn).ifPresent(text -> builtIn.literal().check(text, type, use.getLineNumber()));
        }
        input(expression.getLeftExpression(), filter instanceof DefaultFilter);
    }

    private void test(PositiveTestExpression expression) {
        var use = (TestInvocationExpression) expression.getRightExpression();
        Test test = Dialect.TESTS.get(use.getTestName());
        if (test == null) {
            throw unknown("test", use.getTestName(), Dialect.TESTS.keySet(), use.getLineNumber());
        }
        new Use("test " + use.getTestName(), use.getArgs(), use.getLineNumber()).require(List.of(), 0);
        input(expression.getLeftExpression(), test instanceof DefinedTest);
    }

    private void function(FunctionOrMacroInvocationExpression call) {
        Function function = Dialect.FUNCTIONS.get(call.getFunctionName());
        if (function == null) {
            throw unknown("function", call.getFunctionName(), Dialect.FUNCTIONS.keySet(), call.getLineNumber());
        }
        var use = new Use("function " + call.getFunctionName(), call.getArguments(), call.getLineNumber());
        use.require(function.getArgumentNames(), function.getArgumentNames().size());
        use.values().forEach(this::visit);
    }

    private static Refusal unknown(String what, String name, Set<String> known, int line) {
        return new Refusal(line, "unknown " + what + " " + name + ", expected one of " + new TreeSet<>(known));
    }

    private void input(Expression<?> input, boolean mayBeMissing) {
        boolean outside = optional;
        optional = outside || mayBeMissing;
        // Pebble tells a missing variable by an exception.
        count += mayBeMissing ? BuiltIn.COST : 0;
        visit(input);
        optional = outside;
    }
}

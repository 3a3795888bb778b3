// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.attributes.AttributeResolver;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.ExtensionRegistry;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.Test;
import io.pebbletemplates.pebble.extension.core.DefinedTest;
import io.pebbletemplates.pebble.extension.core.EmptyTest;
import io.pebbletemplates.pebble.extension.core.IterableTest;
import io.pebbletemplates.pebble.extension.core.MapTest;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.expression.AndExpression;
import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.node.expression.FilterExpression;
import io.pebbletemplates.pebble.node.expression.NegativeTestExpression;
import io.pebbletemplates.pebble.node.expression.OrExpression;
import io.pebbletemplates.pebble.node.expression.PositiveTestExpression;
import io.pebbletemplates.pebble.node.expression.RangeExpression;
import io.pebbletemplates.pebble.node.expression.UnaryNotExpression;
import io.pebbletemplates.pebble.operator.Associativity;
import io.pebbletemplates.pebble.operator.BinaryOperator;
import io.pebbletemplates.pebble.operator.BinaryOperatorImpl;
import io.pebbletemplates.pebble.operator.BinaryOperatorType;
import io.pebbletemplates.pebble.operator.UnaryOperator;
import io.pebbletemplates.pebble.operator.UnaryOperatorImpl;
import io.pebbletemplates.pebble.tokenParser.ForTokenParser;
import io.pebbletemplates.pebble.tokenParser.IfTokenParser;
import io.pebbletemplates.pebble.tokenParser.SetTokenParser;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All that a template can say. What is not listed here does not exist: there is no engine behind it that could load a file. */
final class Dialect extends AbstractExtension {
    static final Map<String, Filter> FILTERS = Filters.all();
    static final Map<String, Function> FUNCTIONS = Map.of("range", new Loop.Range());
    static final Map<String, Test> TESTS = Map.of(
            "defined", new DefinedTest(),
            "empty", new EmptyTest(),
            "iterable", new IterableTest(),
            "map", new MapTest());
    static final ExtensionRegistry REGISTRY = new ExtensionRegistry(List.of(new Dialect()));

    private Dialect() {}

    @Override
    public List<TokenParser> getTokenParsers() {
        return List.of(
                new BlockTag(new IfTokenParser(), tag -> tag),
                new BlockTag(new ForTokenParser(), tag -> Loop.counted((ForNode) tag)),
                new SetTokenParser(),
                new Abort.Tag());
    }

    @Override
    public Map<String, Filter> getFilters() {
        return FILTERS;
    }

    @Override
    public Map<String, Function> getFunctions() {
        return FUNCTIONS;
    }

    @Override
    public Map<String, Test> getTests() {
        return TESTS;
    }

    @Override
    public List<UnaryOperator> getUnaryOperators() {
        return List.of(new UnaryOperatorImpl("not", 500, UnaryNotExpression.class));
    }

    @Override
    public List<BinaryOperator> getBinaryOperators() {
        var operators = new ArrayList<>(Operation.operators());
        operators.add(operator("or", 10, OrExpression::new, BinaryOperatorType.NORMAL));
        operators.add(operator("and", 15, AndExpression::new, BinaryOperatorType.NORMAL));
        operators.add(operator("is", 20, PositiveTestExpression::new, BinaryOperatorType.TEST));
        operators.add(operator("is not", 20, NegativeTestExpression::new, BinaryOperatorType.TEST));
        operators.add(operator("|", 100, FilterExpression::new, BinaryOperatorType.FILTER));
        operators.add(operator("..", 120, RangeExpression::new, BinaryOperatorType.NORMAL));
        return operators;
    }

    private static BinaryOperator operator(
            String symbol, int precedence, Supplier<BinaryExpression<?>> made, BinaryOperatorType type) {
        return new BinaryOperatorImpl(symbol, precedence, made, type, Associativity.LEFT);
    }

    @Override
    public List<AttributeResolver> getAttributeResolver() {
        return List.of(new Attributes());
    }
}

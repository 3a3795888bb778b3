// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.AbstractRenderableNode;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Loops that are counted, over lists, maps and ranges. */
final class Loop {
    private Loop() {}

    static ForNode counted(ForNode loop) {
        int line = loop.getLineNumber();
        BodyNode body = new BodyNode(line, List.of(new Turn(line), loop.getBody()));
        return new ForNode(
                line, loop.getIterationVariable(), new Elements(loop.getIterable(), line), body, loop.getElseBody());
    }

    /** Stands first in the body of a loop and counts its turns. */
    static final class Turn extends AbstractRenderableNode {
        private int weight;

        private Turn(int line) {
            super(line);
        }

        void weight(int expressions) {
            weight = expressions;
        }

        @Override
        public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context) {
            ((Rendering) context).turn(weight, getLineNumber());
        }

        @Override
        public void accept(NodeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** What a loop runs over. A map goes by the order of its keys: the order of the host's map may differ from run to run. */
    record Elements(Expression<?> source, int line) implements Expression<List<?>> {
        @Override
        public List<?> evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
            Object value = source.evaluate(self, context);
            if (value instanceof List<?> list) {
                return list;
            }
            if (value instanceof Map<?, ?> map) {
                ((Rendering) context).turns(map.size(), line);
                return sorted(map);
            }
            throw new Refusal(line, "for runs over " + Values.kind(value) + ", expected a list or a map");
        }

        private List<?> sorted(Map<?, ?> map) {
            var entries = new TreeMap<String, @Nullable Object>();
            map.forEach((key, value) -> entries.put(Values.text(key, line), value));
            return new ArrayList<>(entries.entrySet());
        }

        @Override
        public int getLineNumber() {
            return line;
        }

        @Override
        public void accept(NodeVisitor visitor) {
            visitor.visit(this);
        }
    }

    /** {@code range(1, 5)} and {@code 1..5}: both ends belong to it. Takes no memory, and is refused where a loop could not end it. */
    static final class Range implements Function {
        @Override
        public List<String> getArgumentNames() {
            return List.of("start", "end");
        }

        @Override
        public Object execute(Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
            int first = Values.whole(Objects.requireNonNull(arguments.get("start")), line);
            int last = Values.whole(Objects.requireNonNull(arguments.get("end")), line);
            long size = Math.max(0, (long) last - first + 1);
            ((Rendering) context).turns(size, line);
            return new Numbers(first, (int) size);
        }
    }

    private static final class Numbers extends AbstractList<BigDecimal> {
        private final int first;
        private final int size;

        private Numbers(int first, int size) {
            this.first = first;
            this.size = size;
        }

        @Override
        public BigDecimal get(int index) {
            return BigDecimal.valueOf((long) first + index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}

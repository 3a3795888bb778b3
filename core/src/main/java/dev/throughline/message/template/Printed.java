// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.error.AttributeNotFoundException;
import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;

/** A value on its way into the text: the only way there is, so that nothing enters it without its escape. */
record Printed(Expression<?> value, Surroundings.Escape escape, int line) implements Expression<String> {
    @Override
    public String evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
        var rendering = (Rendering) context;
        try {
            String text = Values.text(value.evaluate(self, context), line);
            rendering.room(text.length(), line);
            return escape.apply(text, line);
        } catch (AttributeNotFoundException missing) {
            if (rendering.isLenient()) {
                return "";
            }
            throw missing;
        }
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

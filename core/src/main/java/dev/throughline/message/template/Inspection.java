// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.IfNode;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.SetNode;
import io.pebbletemplates.pebble.node.TextNode;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.utils.Pair;
import java.util.List;

/**
 * Walks a parsed template once, from its beginning to its end: gives each value the escape of its place, each loop its weight, and notes
 * what is read. A node it does not know is refused, so that nothing reaches a rendering that was not thought of here.
 */
final class Inspection {
    private static final String CONTENT = "content";

    private final Expressions expressions;
    private final ContentType type;
    private Surroundings here;
    private int nested;
    private int contents;

    private Inspection(ContentType type) {
        this.type = type;
        this.expressions = new Expressions(type);
        this.here = type.start();
    }

    static List<Read> of(BodyNode template, ContentType type) {
        var inspection = new Inspection(type);
        inspection.body(template);
        inspection.end();
        return inspection.expressions.reads();
    }

    private void end() {
        boolean around = type == ContentType.LAYOUT || type == ContentType.LINES;
        if (around && contents != 1) {
            throw new Refusal(0, "{{ content }} stands there " + contents + " times, expected once");
        }
        here.requireText("the template ends", 0);
        here.requireClosed();
    }

    private void body(BodyNode body) {
        body.getChildren().forEach(this::statement);
    }

    private void statement(RenderableNode node) {
        if (node instanceof TextNode text) {
            here = here.after(new String(text.getData()), text.getLineNumber());
        } else if (node instanceof PrintNode print) {
            print(print);
        } else if (node instanceof IfNode condition) {
            branches(condition);
        } else if (node instanceof ForNode loop) {
            loop(loop);
        } else if (node instanceof SetNode set) {
            expressions.visit(set.getValue());
            expressions.declare(set.getName());
        } else if (!(node instanceof Abort)) {
            throw new Refusal(0, "a tag that templates do not have");
        }
    }

    private void print(PrintNode print) {
        expressions.visit(print.getExpression());
        int line = print.getLineNumber();
        print.setExpression(new Printed(print.getExpression(), escape(print.getExpression(), line), line));
        here = here.afterValue();
    }

    /** What is put into a layout was escaped where it was made. */
    private Surroundings.Escape escape(Expression<?> value, int line) {
        boolean around = type == ContentType.LAYOUT || type == ContentType.LINES;
        boolean content = around
                && value instanceof ContextVariableExpression variable
                && variable.getName().equals(CONTENT);
        if (!content) {
            return here.escape(line);
        }
        if (nested > 0) {
            throw new Refusal(line, "{{ content }} stands in a condition or a loop, expected it outside");
        }
        here.requireText("{{ content }} stands", line);
        contents++;
        return (text, where) -> text;
    }

    private void branches(IfNode condition) {
        Surroundings before = here;
        Surroundings after = condition.getElseBody() == null ? before : branch(condition.getElseBody(), before);
        for (Pair<Expression<?>, BodyNode> branch : condition.getConditionsWithBodies()) {
            expressions.visit(branch.getLeft());
            after = after.merge(branch(branch.getRight(), before), condition.getLineNumber());
        }
        here = after;
    }

    private Surroundings branch(BodyNode body, Surroundings before) {
        here = before;
        nested++;
        body(body);
        nested--;
        return here;
    }

    private void loop(ForNode loop) {
        var elements = (Loop.Elements) loop.getIterable();
        expressions.visit(elements.source());
        int line = loop.getLineNumber();
        Surroundings before = here;
        Loop.Turn turn = (Loop.Turn) loop.getBody().getChildren().get(0);
        BodyNode turned = (BodyNode) loop.getBody().getChildren().get(1);
        turn.weight(expressions.countedIn(loop.getIterationVariable(), () -> branch(turned, before)));
        here = here.merge(before, line);
        if (loop.getElseBody() != null) {
            here = here.merge(branch(loop.getElseBody(), before), line);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.IfNode;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.SetNode;
import io.pebbletemplates.pebble.node.TextNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.utils.Pair;
import java.util.List;

/**
 * Walks a parsed template once, from its beginning to its end: gives each value the escape of its place, each loop its weight, and notes
 * what is read. A node it does not know is refused, so that nothing reaches a rendering that was not thought of here.
 */
final class Inspection {
    private final Expressions expressions;
    private Surroundings here;

    private Inspection(ContentType type) {
        this.expressions = new Expressions(type);
        this.here = type.start();
    }

    static List<Read> of(BodyNode template, ContentType type) {
        var inspection = new Inspection(type);
        inspection.body(template);
        return inspection.expressions.reads();
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
        print.setExpression(new Printed(print.getExpression(), here.escape(line), line));
        here = here.afterValue();
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
        body(body);
        return here;
    }

    private void loop(ForNode loop) {
        var elements = (Loop.Elements) loop.getIterable();
        expressions.visit(elements.source());
        int line = loop.getLineNumber();
        Surroundings before = here;
        Loop.Turn turn = (Loop.Turn) loop.getBody().getChildren().get(0);
        BodyNode turned = (BodyNode) loop.getBody().getChildren().get(1);
        turn.weight(expressions.countedIn(loop.getIterationVariable(), () -> body(turned)));
        here = here.merge(before, line);
        if (loop.getElseBody() != null) {
            here = here.merge(branch(loop.getElseBody(), before), line);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.TextNode;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A template that is text with blanks such as {@code {{ event.product }}} and nothing else, as most are. It is filled in without an
 * evaluation context, which costs several times what the text does.
 */
final class Form {
    private static final int ROOM_OF_BLANK = 24;

    private final Piece[] pieces;
    private final int room;

    private Form(List<Piece> pieces) {
        this.pieces = pieces.toArray(new Piece[0]);
        this.room = pieces.stream()
                .mapToInt(piece -> piece instanceof Text text ? text.text.length() : ROOM_OF_BLANK)
                .sum();
    }

    private sealed interface Piece {}

    private record Text(String text) implements Piece {}

    /** A value that is read step by step from the model. */
    private record Blank(String[] steps, Printed printed) implements Piece {

        @Nullable
        String text(Map<String, ?> model) {
            Object value = model;
            for (String step : steps) {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return value instanceof String text ? text : null;
        }

        String escaped(String text) {
            return printed.escape().apply(text, printed.line());
        }
    }

    /** The form that an inspected template is, or {@code null} if it is more than that. */
    static @Nullable Form of(BodyNode body) {
        var pieces = new ArrayList<Piece>();
        for (RenderableNode node : body.getChildren()) {
            Piece piece = piece(node);
            if (piece == null) {
                return null;
            }
            pieces.add(piece);
        }
        return new Form(pieces);
    }

    private static @Nullable Piece piece(RenderableNode node) {
        if (node instanceof TextNode text) {
            return new Text(new String(text.getData()));
        }
        return node instanceof PrintNode print && print.getExpression() instanceof Printed printed
                ? blank(printed)
                : null;
    }

    private static @Nullable Blank blank(Printed printed) {
        Deque<String> steps = new ArrayDeque<>();
        Expression<?> owner = printed.value();
        while (owner instanceof GetAttributeExpression attribute
                && attribute.getAttributeNameExpression() instanceof LiteralStringExpression name) {
            steps.addFirst(name.getValue());
            owner = attribute.getNode();
        }
        if (!(owner instanceof ContextVariableExpression root)) {
            return null;
        }
        steps.addFirst(root.getName());
        return new Blank(steps.toArray(new String[0]), printed);
    }

    /** The text, or {@code null} if a blank holds no text or there is too much of it: what to say of that, the rendering knows. */
    @Nullable
    String filled(Map<String, ?> model, Limits limits) {
        var filled = new StringBuilder(room);
        long left = Math.min(limits.characters(), limits.work());
        for (Piece piece : pieces) {
            String text = piece instanceof Blank blank ? blank.text(model) : ((Text) piece).text;
            left -= text == null ? 0 : text.length();
            if (text == null || left < 0) {
                return null;
            }
            filled.append(piece instanceof Blank blank ? blank.escaped(text) : text);
        }
        return filled.length() <= limits.characters() ? filled.toString() : null;
    }
}

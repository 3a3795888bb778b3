// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.TokenStream;
import io.pebbletemplates.pebble.node.AbstractRenderableNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.io.Writer;

/** {@code {% abort "reason" %}}. A tag and not a function: conditions and operators would wrap what a function throws. */
final class Abort extends AbstractRenderableNode {
    private static final int LONGEST_REASON = 200;

    private final String reason;

    private Abort(int line, String reason) {
        super(line);
        this.reason = reason;
    }

    @Override
    public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context) {
        throw new Signal(reason);
    }

    @Override
    public void accept(NodeVisitor visitor) {
        visitor.visit(this);
    }

    /** Ends the rendering. */
    static final class Signal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        private Signal(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Reads the tag. */
    static final class Tag implements TokenParser {
        @Override
        public String getTag() {
            return "abort";
        }

        @Override
        public RenderableNode parse(Token token, Parser parser) {
            TokenStream stream = parser.getStream();
            Token reason = stream.next();
            if (!reason.test(Token.Type.STRING)
                    || reason.getValue().isBlank()
                    || reason.getValue().length() > LONGEST_REASON) {
                throw new Refusal(
                        token.getLineNumber(),
                        "abort needs its reason as a quoted text of 1 to " + LONGEST_REASON
                                + " characters, as in {% abort \"out of stock\" %}");
            }
            stream.next();
            stream.expect(Token.Type.EXECUTE_END);
            return new Abort(token.getLineNumber(), reason.getValue());
        }
    }
}

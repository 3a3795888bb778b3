// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.util.function.UnaryOperator;

/** A tag with a body. Where its end is missing, the line that opened it is the one to know. */
record BlockTag(TokenParser grammar, UnaryOperator<RenderableNode> finish) implements TokenParser {
    @Override
    public String getTag() {
        return grammar.getTag();
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
        try {
            return finish.apply(grammar.parse(token, parser));
        } catch (ParserException e) {
            throw parser.getStream().isEOF() ? unclosed(token.getLineNumber()) : e;
        }
    }

    private Refusal unclosed(int line) {
        return new Refusal(line, "{% " + getTag() + " %} is never closed, expected {% end" + getTag() + " %}");
    }
}

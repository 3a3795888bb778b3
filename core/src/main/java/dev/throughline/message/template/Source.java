// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.lexer.LexerImpl;
import io.pebbletemplates.pebble.lexer.Syntax;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.TokenStream;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.parser.ParserImpl;
import io.pebbletemplates.pebble.parser.ParserOptions;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a source with Pebble's lexer and parser, and says in words of the dialect what they object to. */
final class Source {
    private static final Syntax SYNTAX =
            new Syntax.Builder().setEnableNewLineTrimming(false).build();
    private static final Pattern UNEXPECTED = Pattern.compile(
            "Unexpected token of value \"(.*)\" and type (\\w+), expected token of type (\\w+)", Pattern.DOTALL);
    private static final Pattern NO_VALUE =
            Pattern.compile("Unexpected token \"(\\w+)\" of value \"(.*)\"", Pattern.DOTALL);
    private static final Pattern NO_TAG = Pattern.compile("Unexpected tag name \"(.*)\"");
    private static final Map<String, String> WORDS = Map.of(
            "PRINT_END", "}}",
            "EXECUTE_END", "%}",
            "NAME", "a name",
            "STRING", "a quoted text",
            "EOF", "the end of the template");

    private static final Set<String> BLOCKS = Set.of("if", "for");
    private static final Set<String> ENDS = Set.of("endif", "endfor");
    private static final int DEEPEST = 100;
    private static final int LONGEST_QUOTE = 40;

    private Source() {}

    static BodyNode parse(String source) {
        Delimiters.check(source);
        try {
            return body(tokens(source));
        } catch (ParserException e) {
            throw new Refusal(e.getLineNumber(), objection(e.getPebbleMessage()));
        }
    }

    private static BodyNode body(TokenStream tokens) {
        try {
            return parser().parse(tokens).getBody();
        } catch (ClassCastException e) {
            // The parser takes whatever stands before a bracket for the name of a function.
            throw new Refusal(tokens.current().getLineNumber(), "something is called that is not a function");
        }
    }

    private static TokenStream tokens(String source) {
        var lexer = new LexerImpl(
                SYNTAX,
                Dialect.REGISTRY.getUnaryOperators().values(),
                Dialect.REGISTRY.getBinaryOperators().values());
        TokenStream tokens = lexer.tokenize(new StringReader(source), "");
        refuseDeepNesting(tokens.getTokens());
        dropLineEndsBehindTags(tokens.getTokens());
        return tokens;
    }

    private static void refuseDeepNesting(List<Token> tokens) {
        int depth = 0;
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (tokens.get(i - 1).test(Token.Type.EXECUTE_START)) {
                depth += BLOCKS.contains(token.getValue()) ? 1 : ENDS.contains(token.getValue()) ? -1 : 0;
            }
            if (depth > DEEPEST) {
                throw new Refusal(token.getLineNumber(), "tags are nested more than " + DEEPEST + " deep");
            }
        }
    }

    /** As Twig does it; Pebble takes all line ends or only those behind tags and values alike, which runs the lines of a text together. */
    private static void dropLineEndsBehindTags(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean behindTag = tokens.get(i - 1).test(Token.Type.EXECUTE_END) && token.test(Token.Type.TEXT);
            if (behindTag && token.getValue().startsWith("\n")) {
                token.setValue(token.getValue().substring(1));
            }
        }
    }

    private static ParserImpl parser() {
        var options = new ParserOptions();
        options.setLiteralNumbersAsBigDecimals(true);
        return new ParserImpl(
                Dialect.REGISTRY.getUnaryOperators(),
                Dialect.REGISTRY.getBinaryOperators(),
                Dialect.REGISTRY.getTokenParsers(),
                options);
    }

    private static String objection(String message) {
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            return "expected " + word(unexpected.group(3)) + ", found "
                    + found(unexpected.group(2), unexpected.group(1));
        }
        Matcher noValue = NO_VALUE.matcher(message);
        if (noValue.matches()) {
            return "expected a value, found " + found(noValue.group(1), noValue.group(2));
        }
        Matcher noTag = NO_TAG.matcher(message);
        return noTag.matches() ? strangeTag(noTag.group(1)) : message;
    }

    private static String word(String type) {
        return WORDS.getOrDefault(type, type.toLowerCase(Locale.ROOT));
    }

    private static String found(String type, String value) {
        return value.equals("null") ? word(type) : value.substring(0, Math.min(value.length(), LONGEST_QUOTE));
    }

    private static String strangeTag(String tag) {
        return "the tag " + tag + " is unknown or does not belong here, expected one of "
                + new TreeSet<>(Dialect.REGISTRY.getTokenParsers().keySet()) + " or verbatim";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the tags of a source before Pebble's lexer does, which loops for ever on some unclosed ones and cannot say where the others
 * began.
 */
final class Delimiters {
    private static final int LONGEST_SOURCE = 256 * 1024;
    private static final int LONGEST_TAG = 2_000;
    private static final int DEEPEST = 100;
    private static final Pattern VERBATIM = Pattern.compile("\\{%(-\\s)?\\s*verbatim\\s*-?%}");
    private static final Pattern END_OF_VERBATIM = Pattern.compile("\\{%-?\\s*endverbatim\\s*-?%}");

    private final String source;

    private Delimiters(String source) {
        this.source = source;
    }

    static void check(String source) {
        if (source.length() > LONGEST_SOURCE) {
            throw new Refusal(0, "the source is longer than " + LONGEST_SOURCE + " characters");
        }
        var delimiters = new Delimiters(source);
        delimiters.refuseControls();
        delimiters.refuseUnclosed();
    }

    private void refuseControls() {
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (Characters.isControl(c)) {
                throw new Refusal(
                        line(i), String.format(Locale.ROOT, "the source holds the control character U+%04X", (int) c));
            }
        }
    }

    private void refuseUnclosed() {
        int open = source.indexOf('{');
        while (open >= 0 && open + 1 < source.length()) {
            open = source.indexOf('{', end(open));
        }
    }

    private int end(int open) {
        return switch (source.charAt(open + 1)) {
            case '{' -> endOfTag(open, "}}");
            case '%' -> endOfTagOrVerbatim(open);
            case '#' -> endOfComment(open);
            default -> open + 1;
        };
    }

    private int endOfComment(int open) {
        int close = source.indexOf("#}", open + 2);
        if (close < 0) {
            throw unclosed(open, "#}");
        }
        return close + 2;
    }

    private int endOfTagOrVerbatim(int open) {
        Matcher verbatim = VERBATIM.matcher(source).region(open, source.length());
        if (!verbatim.lookingAt()) {
            return endOfTag(open, "%}");
        }
        Matcher end = END_OF_VERBATIM.matcher(source);
        if (!end.find(verbatim.end())) {
            throw new Refusal(line(open), "{% verbatim %} is never closed, expected {% endverbatim %}");
        }
        return end.end();
    }

    private int endOfTag(int open, String close) {
        int depth = 0;
        int end = Math.min(source.length(), open + LONGEST_TAG);
        for (int i = open + 2; i < end; i++) {
            char c = source.charAt(i);
            if (depth == 0 && source.startsWith(close, i)) {
                return i + close.length();
            }
            if (c == '"' || c == '\'') {
                i = endOfText(i, end);
            }
            depth = Math.max(0, depth + ("([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0));
            if (depth > DEEPEST) {
                throw new Refusal(line(open), "brackets are nested more than " + DEEPEST + " deep");
            }
        }
        throw unclosed(open, close);
    }

    private int endOfText(int open, int end) {
        char quote = source.charAt(open);
        int i = open + 1;
        while (i < end && source.charAt(i) != quote) {
            if (quote == '"' && source.startsWith("#{", i)) {
                throw new Refusal(line(i), "a text with #{..} in it, expected ~ to join texts");
            }
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private Refusal unclosed(int open, String close) {
        String opening = source.substring(open, open + 2);
        String far = source.length() > open + LONGEST_TAG ? " within " + LONGEST_TAG + " characters" : "";
        return new Refusal(line(open), opening + " is never closed, expected " + close + far);
    }

    private int line(int index) {
        return 1
                + (int) source.substring(0, index)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}

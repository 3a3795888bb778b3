// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import dev.throughline.message.template.HtmlPosition.Place;
import java.util.Locale;
import java.util.Set;

/** Reads HTML character by character, as a browser's tokenizer does as far as it matters for escaping. */
final class HtmlScan {
    private static final Set<String> RAW =
            Set.of("script", "style", "iframe", "noembed", "noframes", "plaintext", "xmp");

    private static final String CONDITION = "--[if";

    private Place place;
    private String element;
    private String attribute;
    private boolean begins;
    private final StringBuilder seen = new StringBuilder();

    HtmlScan(HtmlPosition from) {
        this.place = from.place();
        this.element = from.element();
        this.attribute = from.attribute();
        this.begins = from.begins();
    }

    HtmlPosition position() {
        return new HtmlPosition(place, element, attribute, begins);
    }

    void next(char c) {
        switch (place) {
            case TEXT -> text(c);
            case OPENED -> opened(c);
            case MARKUP -> markup(c);
            case COMMENT -> comment(c);
            case NAME -> name(c);
            case TAG, NAMED -> tag(c);
            case ATTRIBUTE -> attribute(c);
            case EQUALS -> value(c);
            case SINGLE_QUOTES -> quoted(c, '\'');
            case DOUBLE_QUOTES -> quoted(c, '"');
            case UNQUOTED -> unquoted(c);
            case RAW -> raw(c);
        }
    }

    private void text(char c) {
        if (c == '<') {
            place = Place.OPENED;
        }
    }

    private void opened(char c) {
        if (Character.isLetter(c) || c == '/') {
            place = Place.NAME;
            element = lower(c);
        } else if (c == '!' || c == '?') {
            place = Place.MARKUP;
            seen.setLength(0);
        } else {
            place = c == '<' ? Place.OPENED : Place.TEXT;
        }
    }

    /** Mail programs read what stands in {@code <!--[if mso]> .. <![endif]-->}, so it is read here too. */
    private void markup(char c) {
        if (seen.length() < CONDITION.length()) {
            seen.append(c);
        }
        String begun = seen.toString();
        if (c == '>') {
            place = Place.TEXT;
        } else if (begun.startsWith("--") && !CONDITION.startsWith(begun)) {
            place = Place.COMMENT;
        }
    }

    private void comment(char c) {
        seen.append(c);
        if (endsWith("-->")) {
            place = Place.TEXT;
        }
    }

    private void name(char c) {
        if (isSpace(c) || c == '/') {
            place = Place.TAG;
        } else if (c == '>') {
            end();
        } else {
            element += lower(c);
        }
    }

    private void tag(char c) {
        if (c == '>') {
            end();
        } else if (c == '=' && place == Place.NAMED) {
            place = Place.EQUALS;
        } else if (!isSpace(c) && c != '/') {
            place = Place.ATTRIBUTE;
            attribute = lower(c);
        }
    }

    private void attribute(char c) {
        if (c == '=') {
            place = Place.EQUALS;
        } else if (c == '>') {
            end();
        } else if (isSpace(c) || c == '/') {
            place = Place.NAMED;
        } else {
            attribute += lower(c);
        }
    }

    private void value(char c) {
        begins = true;
        if (c == '>') {
            end();
        } else if (!isSpace(c)) {
            place = c == '"' ? Place.DOUBLE_QUOTES : c == '\'' ? Place.SINGLE_QUOTES : Place.UNQUOTED;
        }
    }

    private void quoted(char c, char quote) {
        begins = begins && isSpace(c);
        if (c == quote) {
            between();
        }
    }

    private void unquoted(char c) {
        if (c == '>') {
            end();
        } else if (isSpace(c)) {
            between();
        }
    }

    private void between() {
        place = Place.TAG;
        attribute = "";
        begins = false;
    }

    private void end() {
        between();
        place = RAW.contains(element) ? Place.RAW : Place.TEXT;
        element = place == Place.RAW ? element : "";
        seen.setLength(0);
    }

    private void raw(char c) {
        seen.append(lower(c));
        if (endsWith("</" + element)) {
            place = Place.NAME;
            element = "/" + element;
        }
    }

    private boolean endsWith(String end) {
        int from = seen.length() - end.length();
        return from >= 0 && seen.indexOf(end, from) == from;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f';
    }

    private static String lower(char c) {
        return String.valueOf(c).toLowerCase(Locale.ROOT);
    }
}

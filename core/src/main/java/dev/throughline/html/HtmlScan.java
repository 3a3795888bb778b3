// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import java.util.Locale;
import java.util.Set;

/** Reads HTML character by character, as a browser's tokenizer does as far as it matters for escaping and for what is open. Used by one thread. */
public final class HtmlScan {
    private static final Set<String> RAW =
            Set.of("script", "style", "iframe", "noembed", "noframes", "plaintext", "xmp", "title", "textarea");

    private static final String CONDITION = "--[if";

    private Place place;
    private String element;
    private String attribute;
    private boolean begins;
    private OpenElements open;
    private boolean slash;
    private final StringBuilder seen = new StringBuilder();

    /**
     * Goes on from a place.
     *
     * @param place where in the HTML
     * @param element of the tag or the raw text that this is in, or empty
     * @param attribute that this is the value of, or empty
     * @param begins whether the value has no character yet
     * @param open what is open
     */
    public HtmlScan(Place place, String element, String attribute, boolean begins, OpenElements open) {
        this.place = place;
        this.element = element;
        this.attribute = attribute;
        this.begins = begins;
        this.open = open;
    }

    /**
     * Where it is.
     *
     * @return the place
     */
    public Place place() {
        return place;
    }

    /**
     * The tag or raw text it is in.
     *
     * @return a name in small letters, with a slash before that of an end tag; or empty
     */
    public String element() {
        return element;
    }

    /**
     * The attribute it is in the value of.
     *
     * @return a name in small letters, or empty
     */
    public String attribute() {
        return attribute;
    }

    /**
     * Whether the value it is in has no character yet.
     *
     * @return whether
     */
    public boolean begins() {
        return begins;
    }

    /**
     * What is open where it is.
     *
     * @return the elements
     */
    public OpenElements open() {
        return open;
    }

    /**
     * Reads on.
     *
     * @param c the next character
     */
    public void next(char c) {
        boolean slashed = place == Place.NAME || place == Place.TAG || place == Place.NAMED || place == Place.ATTRIBUTE;
        slash = (slash && c == '>') || (slashed && c == '/');
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
        if (isLetter(c) || c == '/') {
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
            markupEnds(begun);
        } else if (begun.startsWith("--") && !CONDITION.startsWith(begun)) {
            place = Place.COMMENT;
        }
    }

    /** {@code <!-->} ends what only some programs read, as {@code <![endif]-->} does. */
    private void markupEnds(String begun) {
        place = Place.TEXT;
        if (begun.equals(CONDITION)) {
            open = open.begin(OpenElements.CONDITION);
        } else if (begun.equals("-->") || begun.equals("[endi")) {
            open = open.end(OpenElements.CONDITION);
        }
    }

    private void comment(char c) {
        seen.append(c);
        if (endsWith("-->") || endsWith("--!>")) {
            place = Place.TEXT;
            open = open.end(OpenElements.CONDITION);
        }
    }

    private void name(char c) {
        if (isSpace(c) || c == '/') {
            place = Place.TAG;
        } else if (c == '>') {
            end();
        } else if (element.equals("/") && !isLetter(c)) {
            place = Place.MARKUP;
            seen.setLength(0);
            seen.append('/');
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
        if (element.startsWith("/")) {
            open = open.end(element.substring(1));
        } else if (!RAW.contains(element)) {
            open = slash ? open.whole(element) : open.begin(element);
        }
        place = RAW.contains(element) ? Place.RAW : Place.TEXT;
        element = place == Place.RAW ? element : "";
        seen.setLength(0);
    }

    private void raw(char c) {
        boolean delimited = isSpace(c) || c == '/' || c == '>';
        if (delimited && endsWith("</" + element) && !element.equals("plaintext")) {
            place = Place.TAG;
            element = "/" + element;
            tag(c);
        } else {
            seen.append(lower(c));
        }
    }

    private boolean endsWith(String end) {
        int from = seen.length() - end.length();
        return from >= 0 && seen.indexOf(end, from) == from;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String lower(char c) {
        return String.valueOf(c).toLowerCase(Locale.ROOT);
    }
}

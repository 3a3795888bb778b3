// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import java.util.Set;

/**
 * A place in HTML. What escapes a value in text is not enough in an address, and nothing is enough in a script.
 *
 * @param element of the tag that this is in, or of the raw text
 * @param attribute that this is the value of
 * @param begins whether the value of the attribute has no character of the template's own yet
 */
record HtmlPosition(Place place, String element, String attribute, boolean begins) implements Surroundings {
    static final HtmlPosition START = new HtmlPosition(Place.TEXT, "", "", false);

    private static final Set<String> ADDRESSES = Set.of(
            "action",
            "background",
            "cite",
            "data",
            "formaction",
            "href",
            "longdesc",
            "ping",
            "poster",
            "src",
            "xlink:href");

    /** What a reader of HTML is in the middle of. */
    enum Place {
        TEXT,
        /** Behind {@code <}. */
        OPENED,
        /** In {@code <!...>} or {@code <?...>}. */
        MARKUP,
        COMMENT,
        /** In the name of a tag. */
        NAME,
        /** In a tag, between attributes. */
        TAG,
        ATTRIBUTE,
        /** Behind the name of an attribute. */
        NAMED,
        /** Behind {@code =}. */
        EQUALS,
        SINGLE_QUOTES,
        DOUBLE_QUOTES,
        UNQUOTED,
        /** In an element whose content is no HTML. */
        RAW
    }

    @Override
    public HtmlPosition after(String text, int line) {
        var scan = new HtmlScan(this);
        text.chars().forEach(c -> scan.next((char) c));
        return scan.position();
    }

    @Override
    public HtmlPosition merge(Surroundings other, int line) {
        var position = (HtmlPosition) other;
        boolean alike =
                place == position.place && element.equals(position.element) && attribute.equals(position.attribute);
        if (alike) {
            return new HtmlPosition(place, element, attribute, begins || position.begins);
        }
        if (isInTag() && position.isInTag() && element.equals(position.element)) {
            return new HtmlPosition(Place.TAG, element, "", false);
        }
        throw new Refusal(
                line,
                "the branches end in different places of the HTML, expected each to close the tags and quotes it opens");
    }

    private boolean isInTag() {
        return place == Place.NAME || place == Place.TAG || place == Place.ATTRIBUTE || place == Place.NAMED;
    }

    @Override
    public void requireText(String what, int line) {
        if (place != Place.TEXT) {
            throw new Refusal(line, what + " in a tag or a comment, expected it between tags");
        }
    }

    @Override
    public Escape escape(int line) {
        return switch (place) {
            case TEXT, COMMENT -> HtmlEscapes::text;
            case SINGLE_QUOTES, DOUBLE_QUOTES -> inAttribute(line);
            case RAW -> throw new Refusal(line, "a value in <" + element + "> cannot be made safe");
            default ->
                throw new Refusal(
                        line, "a value in a tag is not in quotes, expected an attribute such as class=\"{{ .. }}\"");
        };
    }

    private Escape inAttribute(int line) {
        if (attribute.startsWith("on") || attribute.equals("srcdoc")) {
            throw new Refusal(line, "a value in the attribute " + attribute + " cannot be made safe");
        }
        if (attribute.equals("style")) {
            return HtmlEscapes::style;
        }
        return begins && ADDRESSES.contains(attribute) ? HtmlEscapes::address : HtmlEscapes::text;
    }
}

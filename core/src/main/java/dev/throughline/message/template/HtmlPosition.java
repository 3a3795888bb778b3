// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import dev.throughline.html.HtmlScan;
import dev.throughline.html.OpenElements;
import dev.throughline.html.Place;
import java.util.Optional;
import java.util.Set;

/**
 * A place in HTML. What escapes a value in text is not enough in an address, and nothing is enough in a script.
 *
 * @param element of the tag that this is in, or of the raw text
 * @param attribute that this is the value of
 * @param begins whether the value of the attribute has no character of the template's own yet
 * @param open the elements that are open here
 */
record HtmlPosition(Place place, String element, String attribute, boolean begins, OpenElements open)
        implements Surroundings {
    static final HtmlPosition START = new HtmlPosition(Place.TEXT, "", "", false, OpenElements.NONE);

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

    @Override
    public HtmlPosition after(String text, int line) {
        var scan = new HtmlScan(place, element, attribute, begins, open);
        text.chars().forEach(c -> scan.next((char) c));
        return new HtmlPosition(scan.place(), scan.element(), scan.attribute(), scan.begins(), scan.open());
    }

    @Override
    public HtmlPosition merge(Surroundings other, int line) {
        var position = (HtmlPosition) other;
        boolean alike =
                place == position.place && element.equals(position.element) && attribute.equals(position.attribute);
        if (alike) {
            return new HtmlPosition(place, element, attribute, begins || position.begins, open.or(position.open));
        }
        if (isInTag() && position.isInTag() && element.equals(position.element)) {
            return new HtmlPosition(Place.TAG, element, "", false, open.or(position.open));
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
    public void requireClosed() {
        Optional<String> left = open.ofPiece();
        if (left.isPresent()) {
            throw new Refusal(0, left.get() + " is never closed, expected its end: what follows could be hidden by it");
        }
    }

    @Override
    public Escape escape(int line) {
        return switch (place) {
            case TEXT, COMMENT -> HtmlEscapes::text;
            case SINGLE_QUOTES, DOUBLE_QUOTES -> inAttribute(line);
            case RAW -> raw(line);
            default ->
                throw new Refusal(
                        line, "a value in a tag is not in quotes, expected an attribute such as class=\"{{ .. }}\"");
        };
    }

    private Escape raw(int line) {
        if (element.equals("title") || element.equals("textarea")) {
            return HtmlEscapes::text;
        }
        throw new Refusal(line, "a value in <" + element + "> cannot be made safe");
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

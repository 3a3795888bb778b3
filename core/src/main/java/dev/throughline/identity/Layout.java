// SPDX-License-Identifier: Apache-2.0
package dev.throughline.identity;

/**
 * What stands around every mail of a brand: HTML with one {@code {{ content }}}, in which the message is put, and placeholders such as
 * {@code {{ brand.colour }}}. A message that names it finds its faults. Immutable.
 *
 * @param name how messages call it
 * @param html the whole page; besides {@code content} it may fill in {@code brand}, {@code customer}, {@code subject} and {@code language}
 * @param text what stands around the plain text of messages that have their own, with its {@code {{ content }}}; empty for nothing
 */
public record Layout(String name, String html, String text) {

    /** The name that means no layout. */
    public static final String NONE = "none";

    /**
     * Checks the name.
     *
     * @throws ThroughlineException if the name is not one line of text, or {@code none}
     */
    public Layout {
        Given.required("layout", "name", name);
        Given.required("layout", "html", html);
        Given.required("layout", "text", text);
        if (!Identity.isLine(name) || name.equals(NONE)) {
            throw new ThroughlineException(
                    "layout name '" + Shown.of(name) + "': expected one line of text other than " + NONE);
        }
    }

    /**
     * A layout; a message's own plain text stays without one.
     *
     * @param name how messages call it
     * @param html the whole page, with one {@code {{ content }}}
     * @return the layout
     */
    public static Layout html(String name, String html) {
        return new Layout(name, html, "");
    }

    /**
     * With what stands around plain texts.
     *
     * @param around the lines, with one {@code {{ content }}}
     * @return the changed layout
     */
    public Layout text(String around) {
        return new Layout(name, html, around);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

import java.util.Optional;

/**
 * Where the body of a page ends, and what could hide what is put there.
 *
 * @param end the index of the body's end tag, or of the end where there is none
 * @param veil what could hide it there: what is open, such as {@code <div>}, or what is said of the whole page, such as {@code <body hidden>};
 *     empty if nothing does
 */
public record HtmlPage(int end, Optional<String> veil) {

    /**
     * Reads a page.
     *
     * @param html the page, or a piece of one
     * @return where it ends: at the last {@code </body>} that is one and that nothing open stands around
     */
    public static HtmlPage of(String html) {
        var scan = new HtmlScan(Place.TEXT, "", "", false, OpenElements.NONE);
        var veil = new Veil();
        int tag = 0;
        int end = -1;
        for (int i = 0; i < html.length(); i++) {
            boolean begins = scan.place() == Place.TEXT && html.charAt(i) == '<';
            boolean body =
                    scan.element().equals("/body") && scan.open().ofPage().isEmpty();
            tag = begins || (scan.place() == Place.OPENED && html.charAt(i) == '<') ? i : tag;
            Place place = scan.place();
            String element = scan.element();
            String attribute = scan.attribute();
            scan.next(html.charAt(i));
            veil.see(html.charAt(i), place, element, attribute, scan.place());
            end = body && scan.place() == Place.TEXT ? tag : end;
        }
        return end >= 0
                ? new HtmlPage(end, veil.found())
                : new HtmlPage(html.length(), left(scan).or(veil::found));
    }

    private static Optional<String> left(HtmlScan scan) {
        return switch (scan.place()) {
            case TEXT -> scan.open().ofPage();
            case RAW -> Optional.of("<" + scan.element() + ">");
            case MARKUP, COMMENT -> Optional.of("<!");
            default -> Optional.of("<" + scan.element());
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** What the text of a template becomes, which decides how the values in it are escaped. */
public enum ContentType {
    /** Plain text of several lines: values enter as they are. */
    TEXT,

    /** One header line, such as a subject: values enter as they are, and a line break anywhere is refused. */
    SUBJECT,

    /** HTML around other HTML: as {@link #HTML}, and {@code content} enters as it is, once and between the tags. */
    LAYOUT,

    /** Lines around other lines: as {@link #TEXT}, with {@code content} once. */
    LINES,

    /** HTML: values are escaped for the place they stand in, and refused where no escaping is safe. */
    HTML;

    Surroundings start() {
        return switch (this) {
            case TEXT, LINES -> PlainText.LINES;
            case SUBJECT -> PlainText.ONE_LINE;
            case HTML, LAYOUT -> HtmlPosition.START;
        };
    }
}

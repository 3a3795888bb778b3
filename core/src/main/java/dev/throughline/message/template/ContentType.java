// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** What the text of a template becomes, which decides how the values in it are escaped. */
public enum ContentType {
    /** Plain text of several lines: values enter as they are. */
    TEXT,

    /** One header line, such as a subject: values enter as they are, and a line break anywhere is refused. */
    SUBJECT,

    /** HTML: values are escaped for the place they stand in, and refused where no escaping is safe. */
    HTML;

    Surroundings start() {
        return switch (this) {
            case TEXT -> PlainText.LINES;
            case SUBJECT -> PlainText.ONE_LINE;
            case HTML -> HtmlPosition.START;
        };
    }
}

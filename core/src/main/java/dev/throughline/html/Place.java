// SPDX-License-Identifier: Apache-2.0
package dev.throughline.html;

/** What a reader of HTML is in the middle of. */
public enum Place {
    /** Between tags. */
    TEXT,
    /** Behind {@code <}. */
    OPENED,
    /** In {@code <!...>} or {@code <?...>}. */
    MARKUP,
    /** In a comment. */
    COMMENT,
    /** In the name of a tag. */
    NAME,
    /** In a tag, between attributes. */
    TAG,
    /** In the name of an attribute. */
    ATTRIBUTE,
    /** Behind the name of an attribute. */
    NAMED,
    /** Behind {@code =}. */
    EQUALS,
    /** In a value between single quotes. */
    SINGLE_QUOTES,
    /** In a value between double quotes. */
    DOUBLE_QUOTES,
    /** In a value without quotes. */
    UNQUOTED,
    /** In an element whose content is no HTML. */
    RAW
}

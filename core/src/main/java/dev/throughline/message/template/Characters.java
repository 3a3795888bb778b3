// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/** Single characters that are dangerous in themselves. */
final class Characters {
    private static final char REPLACEMENT = '\uFFFD';

    private Characters() {}

    /** What any reader of a header may take for the end of a line, and not only CR and LF. */
    static boolean breaksLine(String text) {
        return text.chars().anyMatch(c -> (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029');
    }

    /** Makes {@code \n} of every line end, drops other control characters but tabs, and replaces halves of surrogate pairs. */
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOdd(text.charAt(i))) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static boolean isOdd(char c) {
        return isControl(c) || Character.isSurrogate(c);
    }

    static boolean isControl(char c) {
        return (c < ' ' && c != '\n' && c != '\t') || (c >= '\u007f' && c <= '\u009f');
    }

    private static String cleaned(String text) {
        var clean = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                clean.append(REPLACEMENT);
            } else if (point > Character.MAX_VALUE || !isControl((char) point)) {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString();
    }
}

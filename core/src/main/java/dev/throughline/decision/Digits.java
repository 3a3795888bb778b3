// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import java.util.HexFormat;

/**
 * Thirty-two hexadecimal digits in less than half the room of their text, because every message that is remembered names its journey
 * instance so.
 */
record Digits(long high, long low) implements CharSequence {

    private static final int LENGTH = 32;

    /** The same text in the least room: as it is unless it is made of so many digits in lower case. */
    static CharSequence of(String text) {
        return isDigits(text) ? new Digits(high(text), low(text)) : text;
    }

    static long high(String digits) {
        return HexFormat.fromHexDigitsToLong(digits, 0, LENGTH / 2);
    }

    static long low(String digits) {
        return HexFormat.fromHexDigitsToLong(digits, LENGTH / 2, LENGTH);
    }

    private static boolean isDigits(String text) {
        boolean digits = text.length() == LENGTH;
        for (int i = 0; digits && i < LENGTH; i++) {
            char c = text.charAt(i);
            digits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return digits;
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public char charAt(int index) {
        return toString().charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}

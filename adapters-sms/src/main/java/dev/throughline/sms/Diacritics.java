// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import java.text.Normalizer;

/**
 * What becomes of marks over and under Latin letters, as Vietnamese has them. One letter that the GSM alphabet lacks leaves room
 * for 70 characters instead of 160 in a segment. Composed and decomposed input is the same text.
 */
public enum Diacritics {
    /** They stay; a warning says what they cost. */
    KEEP,
    /** They go, all of them: {@code Chào bạn} becomes {@code Chao ban}, {@code đ} and {@code ₫} become {@code d}. */
    STRIP,
    /** They go if the message then has fewer segments, and a warning says so. */
    STRIP_IF_SAVES,
    /** A text with one that the GSM alphabet lacks is refused. */
    REJECT;

    /**
     * A text without marks on Latin letters. Marks of other scripts stay.
     *
     * @param text composed or decomposed
     * @return the text, composed
     */
    static String strip(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
        var plain = new StringBuilder(decomposed.length());
        boolean latin = false;
        for (int i = 0; i < decomposed.length(); i++) {
            char character = decomposed.charAt(i);
            if (!isMark(character)) {
                latin = Character.UnicodeScript.of(character) == Character.UnicodeScript.LATIN;
                plain.append(withoutStroke(character));
            } else if (!latin) {
                plain.append(character);
            }
        }
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    private static boolean isMark(char character) {
        return character >= '\u0300' && character <= '\u036f';
    }

    /** Letters whose stroke Unicode does not take apart. */
    private static char withoutStroke(char character) {
        return switch (character) {
            case 'đ', '₫' -> 'd';
            case 'Đ' -> 'D';
            default -> character;
        };
    }
}

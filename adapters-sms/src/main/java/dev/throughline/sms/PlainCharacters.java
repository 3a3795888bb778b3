// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import java.text.Normalizer;

/** Typographic characters and the plain ones that say the same in the GSM alphabet. */
final class PlainCharacters {

    private static final String APOSTROPHES = "‘’‛ʼʻʹ′´ˊ`ˋ";
    private static final String QUOTES = "“”„‟″«»";
    private static final String DASHES = "‐‑‒–—―−⁃•";

    private PlainCharacters() {}

    /** The text composed and in plain characters; what has none stays. */
    static String of(String text) {
        String composed = Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC);
        var plain = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            append(plain, composed.charAt(i));
        }
        // What was invisible may have stood between a letter and its mark.
        return Normalizer.normalize(plain, Normalizer.Form.NFC);
    }

    private static void append(StringBuilder plain, char character) {
        if (character == '…') {
            plain.append("...");
        } else if (!isInvisible(character)) {
            plain.append(plain(character));
        }
    }

    private static char plain(char character) {
        if (isSpace(character)) {
            return ' ';
        }
        if (APOSTROPHES.indexOf(character) >= 0) {
            return '\'';
        }
        if (QUOTES.indexOf(character) >= 0) {
            return '"';
        }
        if (DASHES.indexOf(character) >= 0) {
            return '-';
        }
        boolean fullWidth = character >= '\uff01' && character <= '\uff5e';
        return fullWidth ? (char) (character - 0xfee0) : character == '‚' ? ',' : character;
    }

    private static boolean isSpace(char character) {
        return character == '\t' || (Character.getType(character) == Character.SPACE_SEPARATOR && character != ' ');
    }

    /** Joiners stay: they hold an emoji together. */
    private static boolean isInvisible(char character) {
        boolean control = Character.isISOControl(character) && "\n\r\t".indexOf(character) < 0;
        return control || "\u200b\u2060\ufeff\u00ad".indexOf(character) >= 0;
    }
}

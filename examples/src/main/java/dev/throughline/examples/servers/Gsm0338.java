// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.util.Map;

/**
 * Decodes the 7-bit default alphabet of 3GPP TS 23.038 6.2.1 and its extension table, one septet in each byte. Code 0x09 is
 * the small ç, as in the table of the Unicode Consortium.
 */
final class Gsm0338 {

    private static final int ESCAPE = 0x1b;
    private static final String DEFAULT = "@£$¥èéùìòç\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u00a0ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final Map<Integer, Character> EXTENSION = Map.of(
            0x0a, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2f, '\\', 0x3c, '[', 0x3d, '~', 0x3e, ']', 0x40, '|', 0x65,
            '€');

    private Gsm0338() {}

    /** An escape before a septet that the extension table does not know counts as the septet alone (6.2.1.1, note 1). */
    static String decode(byte[] septets) {
        var text = new StringBuilder(septets.length);
        boolean escaped = false;
        for (byte septet : septets) {
            int code = septet & 0x7f;
            if (escaped) {
                text.append(EXTENSION.getOrDefault(code, DEFAULT.charAt(code)));
                escaped = false;
            } else if (code == ESCAPE) {
                escaped = true;
            } else {
                text.append(DEFAULT.charAt(code));
            }
        }
        return text.toString();
    }
}

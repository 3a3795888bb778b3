// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import java.io.ByteArrayOutputStream;

/**
 * The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1), one septet in an octet. Code 0x09
 * is the capital Ç of the standard, not the small one of Unicode's table.
 */
public final class Gsm0338 {

    private static final int ESCAPE = 0x1b;

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String EXTENDED = "\f^{}\\[~]|€";
    private static final String EXTENDED_CODES = "\n\u0014()/<=>@e";

    private Gsm0338() {}

    /**
     * How many septets a character takes.
     *
     * @param character a UTF-16 unit
     * @return 1, 2 with an escape, or 0 if the alphabet lacks it
     */
    public static int septets(char character) {
        if (character != ESCAPE && BASIC.indexOf(character) >= 0) {
            return 1;
        }
        return EXTENDED.indexOf(character) >= 0 ? 2 : 0;
    }

    /**
     * The codes of a text, unpacked.
     *
     * @param text characters of this alphabet; any other becomes a question mark
     * @return one septet in each octet
     */
    public static byte[] encode(String text) {
        var octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int extended = EXTENDED.indexOf(text.charAt(i));
            if (extended >= 0) {
                octets.write(ESCAPE);
                octets.write(EXTENDED_CODES.charAt(extended));
            } else {
                octets.write(septets(text.charAt(i)) == 1 ? BASIC.indexOf(text.charAt(i)) : '?');
            }
        }
        return octets.toByteArray();
    }

    /**
     * The text of unpacked codes. After an escape without a meaning the plain character is taken, as the standard says; the high
     * bit is ignored.
     *
     * @param octets one septet in each octet
     * @return the text
     */
    public static String decode(byte[] octets) {
        var text = new StringBuilder(octets.length);
        boolean escaped = false;
        for (byte octet : octets) {
            int code = octet & 0x7f;
            if (code == ESCAPE && !escaped) {
                escaped = true;
            } else {
                text.append(escaped ? extended(code) : BASIC.charAt(code));
                escaped = false;
            }
        }
        return text.toString();
    }

    private static char extended(int code) {
        int index = EXTENDED_CODES.indexOf(code);
        if (index >= 0) {
            return EXTENDED.charAt(index);
        }
        return code == ESCAPE ? ' ' : BASIC.charAt(code);
    }
}

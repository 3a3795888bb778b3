// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A text cut into the parts that a network carries and bills. Cutting never splits an escaped character or a surrogate pair.
 *
 * @param encoding in what all parts are written; one character that GSM lacks brings the whole text to UCS-2
 * @param parts the text of each part, in order; an empty text is one empty part
 */
public record Segments(Encoding encoding, List<String> parts) {

    /** How many parts a message can have: the header counts them in one octet (3GPP TS 23.040, 9.2.3.24.1). */
    public static final int MOST = 255;

    /** In what a text is written. */
    public enum Encoding {
        /** The GSM default alphabet: 160 septets, or 153 in each of several parts. */
        GSM_7(160, 153),
        /** UTF-16, big-endian, without a byte order mark: 70 units, or 67 in each of several parts. */
        UCS_2(70, 67);

        private final int alone;
        private final int joined;

        Encoding(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }

        private int units(String text) {
            return this == UCS_2
                    ? text.length()
                    : text.chars()
                            .map(character -> Gsm0338.septets((char) character))
                            .sum();
        }
    }

    /** Copies the parts. */
    public Segments {
        parts = List.copyOf(parts);
    }

    /**
     * Cuts a text. Its characters are taken as they are; {@link SmsText} brings them to a cheaper form first.
     *
     * @param text any text
     * @return its segments
     */
    public static Segments of(String text) {
        boolean gsm = text.chars().allMatch(character -> Gsm0338.septets((char) character) > 0);
        var encoding = gsm ? Encoding.GSM_7 : Encoding.UCS_2;
        return new Segments(encoding, encoding.units(text) <= encoding.alone ? List.of(text) : cut(text, encoding));
    }

    /**
     * How many parts are billed.
     *
     * @return at least 1
     */
    public int count() {
        return parts.size();
    }

    /**
     * The size of the whole text.
     *
     * @return septets, or UTF-16 units
     */
    public int units() {
        return parts.stream().mapToInt(encoding::units).sum();
    }

    /**
     * A part as the user data of a PDU: one septet in an octet or UTF-16BE, after a concatenation header (05 00 03, reference,
     * total, number) if there are several parts.
     *
     * @param index which part, from 0
     * @param reference the same for all parts of a message; its lowest octet is used
     * @return the octets
     */
    public byte[] userData(int index, int reference) {
        byte[] text = octets(parts.get(index));
        if (count() == 1) {
            return text;
        }
        byte[] header = {5, 0, 3, (byte) reference, (byte) count(), (byte) (index + 1)};
        return ByteBuffer.allocate(header.length + text.length)
                .put(header)
                .put(text)
                .array();
    }

    private byte[] octets(String part) {
        if (encoding == Encoding.GSM_7) {
            return Gsm0338.encode(part);
        }
        // Not by a charset, which would replace half a surrogate pair by a question mark.
        var octets = ByteBuffer.allocate(2 * part.length());
        part.chars().forEach(unit -> octets.putChar((char) unit));
        return octets.array();
    }

    private static List<String> cut(String text, Encoding encoding) {
        var parts = new ArrayList<String>();
        int start = 0;
        int units = 0;
        for (int i = 0; i < text.length(); ) {
            int next = text.offsetByCodePoints(i, 1);
            int size = encoding.units(text.substring(i, next));
            if (units + size > encoding.joined) {
                parts.add(text.substring(start, i));
                start = i;
                units = 0;
            }
            units += size;
            i = next;
        }
        parts.add(text.substring(start));
        return parts;
    }
}

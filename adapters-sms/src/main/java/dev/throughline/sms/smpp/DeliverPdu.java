// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The octets of a deliver_sm (SMPP 3.4, 4.6.1). Some centres write an optional parameter whose length reaches beyond the PDU; the
 * library fails on it and never answers, so that the centre repeats it for ever.
 */
final class DeliverPdu {

    private static final int HEADER = 16;
    private static final int TAG_AND_LENGTH = 4;

    private DeliverPdu() {}

    /** The PDU as far as its optional parameters are whole; the same PDU if its mandatory part is not. */
    static byte[] whole(byte[] pdu) {
        var octets = ByteBuffer.wrap(pdu);
        try {
            skipMandatoryPart(octets.position(HEADER));
        } catch (BufferUnderflowException | IllegalArgumentException broken) {
            return pdu;
        }
        int end = octets.position();
        while (octets.remaining() >= TAG_AND_LENGTH) {
            int length = octets.getShort(octets.position() + 2) & 0xffff;
            if (TAG_AND_LENGTH + length > octets.remaining()) {
                break;
            }
            end = octets.position() + TAG_AND_LENGTH + length;
            octets.position(end);
        }
        return end == pdu.length
                ? pdu
                : ByteBuffer.wrap(Arrays.copyOf(pdu, end)).putInt(0, end).array();
    }

    private static void skipMandatoryPart(ByteBuffer octets) {
        skipText(octets);
        skipAddress(octets);
        skipAddress(octets);
        skip(octets, 3);
        skipText(octets);
        skipText(octets);
        skip(octets, 4);
        skip(octets, octets.get() & 0xff);
    }

    private static void skipAddress(ByteBuffer octets) {
        skip(octets, 2);
        skipText(octets);
    }

    private static void skipText(ByteBuffer octets) {
        while (octets.get() != 0) {
            // The octet is read.
        }
    }

    private static void skip(ByteBuffer octets, int count) {
        octets.position(octets.position() + count);
    }
}

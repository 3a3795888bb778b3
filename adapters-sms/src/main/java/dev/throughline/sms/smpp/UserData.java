// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.sms.Gsm0338;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Message_payload;
import org.jsmpp.bean.OptionalParameter.Sar_msg_ref_num;
import org.jsmpp.bean.OptionalParameter.Sar_segment_seqnum;
import org.jsmpp.bean.OptionalParameter.Sar_total_segments;

/**
 * The text of a deliver_sm, still encoded, and its place in a longer message: from short_message or message_payload, with a user
 * data header (3GPP TS 23.040, 9.2.3.24) or with the sar parameters (SMPP 3.4, 5.3.2.22 to 24).
 */
record UserData(Place place, ByteBuffer octets, int coding) {

    /** Which part of how many; a message of one part has no reference. */
    record Place(int reference, int total, int number) {

        static final Place WHOLE = new Place(0, 1, 1);

        static Place of(int reference, int total, int number) {
            return number < 1 || number > total ? WHOLE : new Place(reference, total, number);
        }
    }

    static UserData of(DeliverSm pdu) {
        var payload = pdu.getOptionalParameter(Message_payload.class);
        byte[] written = payload == null ? pdu.getShortMessage() : payload.getValue();
        var octets = ByteBuffer.wrap(written == null ? new byte[0] : written);
        var place = pdu.isUdhi() ? header(octets) : sar(pdu);
        return new UserData(place, octets.slice(), pdu.getDataCoding() & 0xff);
    }

    /** Reads the header's elements and leaves the buffer where the text begins; a broken header is read as far as it goes. */
    private static Place header(ByteBuffer octets) {
        var place = Place.WHOLE;
        var elements = slice(octets);
        while (elements.remaining() >= 2) {
            int kind = elements.get() & 0xff;
            var element = slice(elements);
            if (kind == 0x00 && element.remaining() == 3) {
                place = Place.of(element.get() & 0xff, element.get() & 0xff, element.get() & 0xff);
            } else if (kind == 0x08 && element.remaining() == 4) {
                place = Place.of(element.getShort() & 0xffff, element.get() & 0xff, element.get() & 0xff);
            }
        }
        return place;
    }

    private static ByteBuffer slice(ByteBuffer octets) {
        int length = octets.hasRemaining() ? Math.min(octets.get() & 0xff, octets.remaining()) : 0;
        var slice = octets.slice(octets.position(), length);
        octets.position(octets.position() + length);
        return slice;
    }

    private static Place sar(DeliverSm pdu) {
        OptionalParameter reference = pdu.getOptionalParameter(Sar_msg_ref_num.class);
        OptionalParameter total = pdu.getOptionalParameter(Sar_total_segments.class);
        OptionalParameter number = pdu.getOptionalParameter(Sar_segment_seqnum.class);
        return reference instanceof OptionalParameter.Short r
                        && total instanceof OptionalParameter.Byte t
                        && number instanceof OptionalParameter.Byte n
                ? Place.of(r.getValue() & 0xffff, t.getValue() & 0xff, n.getValue() & 0xff)
                : Place.WHOLE;
    }

    /** The text of parts in their order; joined before it is decoded, because a cut may go through a character. */
    static String text(List<UserData> parts) {
        var octets = new ByteArrayOutputStream();
        parts.forEach(part -> octets.writeBytes(part.copy()));
        return decoded(octets.toByteArray(), parts.get(0).coding);
    }

    private byte[] copy() {
        byte[] copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        return copy;
    }

    /** The codings of SMPP 3.4, 5.2.19; any other is taken as the default alphabet. */
    private static String decoded(byte[] text, int coding) {
        return switch (coding) {
            case 0x01 -> new String(text, StandardCharsets.US_ASCII);
            case 0x02, 0x03, 0x04 -> new String(text, StandardCharsets.ISO_8859_1);
            case 0x08, 0x18 -> ByteBuffer.wrap(text).asCharBuffer().toString();
            default -> Gsm0338.decode(text);
        };
    }
}

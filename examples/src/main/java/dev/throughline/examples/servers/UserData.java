// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import dev.throughline.examples.servers.Submission.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Message_payload;
import org.jsmpp.bean.OptionalParameter.Sar_msg_ref_num;
import org.jsmpp.bean.OptionalParameter.Sar_segment_seqnum;
import org.jsmpp.bean.OptionalParameter.Sar_total_segments;
import org.jsmpp.bean.SubmitSm;

/**
 * The text of a submit_sm and its place in a long message, from short_message or message_payload, with a user data header
 * (3GPP TS 23.040 9.2.3.24) or with the sar TLVs (SMPP 3.4, 5.3.2.22-24).
 */
record UserData(Part part, String text) {

    private static final int PARTS_8_BIT_REFERENCE = 0x00;
    private static final int PARTS_16_BIT_REFERENCE = 0x08;

    /** An {@link IllegalArgumentException} says that the header is longer than the data. */
    static UserData of(SubmitSm submission) {
        var octets = ByteBuffer.wrap(octets(submission));
        var part = submission.isUdhi() ? header(octets) : sar(submission);
        var text = new byte[octets.remaining()];
        octets.get(text);
        return new UserData(part, decoded(text, submission.getDataCoding() & 0xff));
    }

    private static byte[] octets(SubmitSm submission) {
        var payload = submission.getOptionalParameter(Message_payload.class);
        var octets = payload == null ? submission.getShortMessage() : payload.getValue();
        return octets == null ? new byte[0] : octets;
    }

    /** Reads the header's elements and leaves the buffer where the text begins. */
    private static Part header(ByteBuffer octets) {
        var part = Part.WHOLE;
        var elements = slice(octets);
        while (elements.hasRemaining()) {
            int kind = elements.get() & 0xff;
            var element = slice(elements);
            if (kind == PARTS_8_BIT_REFERENCE && element.remaining() == 3) {
                part = Part.of(element.get() & 0xff, element.get() & 0xff, element.get() & 0xff);
            } else if (kind == PARTS_16_BIT_REFERENCE && element.remaining() == 4) {
                part = Part.of(element.getShort() & 0xffff, element.get() & 0xff, element.get() & 0xff);
            }
        }
        return part;
    }

    private static ByteBuffer slice(ByteBuffer octets) {
        int length = octets.hasRemaining() ? octets.get() & 0xff : 0;
        if (length > octets.remaining()) {
            throw new IllegalArgumentException(
                    "a user data header of " + length + " octets, where " + octets.remaining() + " are left");
        }
        var slice = octets.slice(octets.position(), length);
        octets.position(octets.position() + length);
        return slice;
    }

    private static Part sar(SubmitSm submission) {
        var reference = number(submission, Sar_msg_ref_num.class);
        var total = number(submission, Sar_total_segments.class);
        var number = number(submission, Sar_segment_seqnum.class);
        if (reference.isEmpty() || total.isEmpty() || number.isEmpty()) {
            return Part.WHOLE;
        }
        return Part.of(reference.get(), total.get(), number.get());
    }

    private static Optional<Integer> number(SubmitSm submission, Class<? extends OptionalParameter> type) {
        var parameter = submission.getOptionalParameter(type);
        if (parameter instanceof OptionalParameter.Short wide) {
            return Optional.of(wide.getValue() & 0xffff);
        }
        if (parameter instanceof OptionalParameter.Byte narrow) {
            return Optional.of(narrow.getValue() & 0xff);
        }
        return Optional.empty();
    }

    /** The codings of SMPP 3.4, 5.2.19; any other is the SMSC's default alphabet. */
    private static String decoded(byte[] text, int coding) {
        return switch (coding) {
            case 0x01 -> new String(text, StandardCharsets.US_ASCII);
            case 0x02, 0x03, 0x04 -> new String(text, StandardCharsets.ISO_8859_1);
            // Not by a charset: it would replace half a surrogate pair, and joining the parts could not mend that.
            case 0x08, 0x18 -> ByteBuffer.wrap(text).asCharBuffer().toString();
            default -> Gsm0338.decode(text);
        };
    }
}

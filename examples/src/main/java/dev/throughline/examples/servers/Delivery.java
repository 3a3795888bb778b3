// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.OptionalParameter;

/** What an SMSC sends to its client as a deliver_sm: a receipt, or a message from a phone. */
record Delivery(
        MessageType type, String from, String to, String text, Coding coding, List<OptionalParameter> parameters) {

    private static final int MAX_OCTETS = 140;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A receipt in both forms: the text of SMPP 3.4, appendix B, and the TLVs of 5.3.2.12 and 5.3.2.35; times are UTC. */
    static Delivery receipt(Submission submission, ReceiptState state, Instant at) {
        boolean arrived = state == ReceiptState.DELIVRD;
        var text = String.format(
                Locale.ROOT,
                "id:%s sub:001 dlvrd:%s submit date:%s done date:%s stat:%s err:%s text:%.20s",
                submission.id(),
                arrived ? "001" : "000",
                MINUTE.format(submission.at()),
                MINUTE.format(at),
                state,
                arrived ? "000" : "001",
                submission.text());
        return new Delivery(
                MessageType.SMSC_DEL_RECEIPT,
                submission.destination(),
                submission.source(),
                text,
                Coding.LATIN_1,
                List.of(
                        new OptionalParameter.Receipted_message_id(submission.id()),
                        new OptionalParameter.Message_state(state.code())));
    }

    static Delivery inbound(String from, String to, String text) {
        var delivery = new Delivery(MessageType.DEFAULT, from, to, text, Coding.of(text), List.of());
        int length = delivery.octets().length;
        if (length > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "an inbound text of " + length + " octets, expected at most " + MAX_OCTETS);
        }
        return delivery;
    }

    byte[] octets() {
        return text.getBytes(coding.charset);
    }

    /** The values of data_coding (SMPP 3.4, 5.2.19) that need no table. */
    enum Coding {
        LATIN_1(0x03, StandardCharsets.ISO_8859_1),
        UCS_2(0x08, StandardCharsets.UTF_16BE);

        private final byte code;
        private final Charset charset;

        Coding(int code, Charset charset) {
            this.code = (byte) code;
            this.charset = charset;
        }

        static Coding of(String text) {
            return LATIN_1.charset.newEncoder().canEncode(text) ? LATIN_1 : UCS_2;
        }

        byte code() {
            return code;
        }
    }
}

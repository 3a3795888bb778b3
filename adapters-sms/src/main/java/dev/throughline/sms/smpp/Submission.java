// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Sender;
import dev.throughline.sms.PhoneForm;
import dev.throughline.sms.Segments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jsmpp.PDUException;
import org.jsmpp.PDUSender;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;

/** One message as submit_sm PDUs, one a part. */
record Submission(Outbound message, Segments segments, SmppSettings settings) {

    private static final byte UCS_2 = 8;

    static Submission of(Outbound message, TextContent text, SmppSettings settings) {
        return new Submission(message, Segments.of(text.text()), settings);
    }

    MessageId id() {
        return message.id();
    }

    int parts() {
        return segments.count();
    }

    /** Writes one part. What fails here has not been written whole, so that it cannot be acted upon. */
    void write(PDUSender sender, OutputStream out, int sequence, int part) throws PDUException, IOException {
        sender.sendSubmitSm(
                out,
                sequence,
                "",
                sourceType(),
                sourcePlan(),
                source(),
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                PhoneForm.INTERNATIONAL.of(message.to().value()),
                esmClass(),
                (byte) 0,
                (byte) 0,
                null,
                validity(),
                new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                (byte) 0,
                new RawDataCoding(segments.encoding() == Segments.Encoding.UCS_2 ? UCS_2 : 0),
                (byte) 0,
                segments.userData(part, message.id().hashCode()),
                parameters());
    }

    private TypeOfNumber sourceType() {
        return switch (message.from().kind()) {
            case PHONE_NUMBER -> TypeOfNumber.INTERNATIONAL;
            case SHORT_CODE -> TypeOfNumber.NETWORK_SPECIFIC;
            default -> TypeOfNumber.ALPHANUMERIC;
        };
    }

    private NumberingPlanIndicator sourcePlan() {
        return message.from().kind() == Sender.Kind.PHONE_NUMBER
                ? NumberingPlanIndicator.ISDN
                : NumberingPlanIndicator.UNKNOWN;
    }

    private String source() {
        String sender = message.from().value();
        return message.from().kind() == Sender.Kind.PHONE_NUMBER ? sender.replaceAll("\\D", "") : sender;
    }

    private ESMClass esmClass() {
        return new ESMClass(
                MessageMode.DEFAULT,
                MessageType.DEFAULT,
                parts() > 1 ? GSMSpecificFeature.UDHI : GSMSpecificFeature.DEFAULT);
    }

    private String validity() {
        return settings.dialect().relativeValidity() ? Validity.lasting(left()) : Validity.until(message.notAfter());
    }

    /** How long the message is still worth anything. */
    Duration left() {
        return Duration.between(settings.timing().clock().instant(), message.notAfter());
    }

    private OptionalParameter[] parameters() {
        short tag = settings.dialect().messageIdTag();
        return tag == 0
                ? new OptionalParameter[0]
                : new OptionalParameter[] {
                    new OptionalParameter.OctetString(tag, message.id().value().getBytes(StandardCharsets.US_ASCII))
                };
    }
}

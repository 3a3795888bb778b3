// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Receipt.Status;
import dev.throughline.identity.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Message_state;
import org.jsmpp.bean.OptionalParameter.Receipted_message_id;
import org.jspecify.annotations.Nullable;

/** Reads delivery receipts: from the parameters made for it where they stand (SMPP 3.4, 5.3.2.12 and .35), else from the words. */
record ReceiptReader(SmppSettings settings) {

    private static final List<String> STATES = List.of(
            "SCHEDULED",
            "ENROUTE",
            "DELIVERED",
            "EXPIRED",
            "DELETED",
            "UNDELIVERABLE",
            "ACCEPTED",
            "UNKNOWN",
            "REJECTED",
            "SKIPPED");

    static boolean isReceipt(DeliverSm pdu) {
        return pdu.isSmscDeliveryReceipt()
                || pdu.isIntermediateDeliveryNotification()
                || pdu.getOptionalParameter(Receipted_message_id.class) != null;
    }

    /** The receipt, or nothing if it names no message or a state that says nothing. */
    Optional<Receipt> read(DeliverSm pdu) {
        var words = new ReceiptText(UserData.text(List.of(UserData.of(pdu))));
        var message = messageId(pdu);
        var reference = reference(pdu, words);
        String state = state(pdu, words);
        var status = status(state);
        if (status == null || (message == null && reference == null)) {
            return Optional.empty();
        }
        String written = words.done().map(Object::toString).orElse("");
        return Optional.of(new Receipt(
                Ids.hash("receipt", settings.id(), String.valueOf(message), String.valueOf(reference), state, written),
                message,
                reference,
                status,
                cause(state),
                occurred(words),
                state + words.error().map(code -> ", error " + code).orElse("")));
    }

    private @Nullable MessageId messageId(DeliverSm pdu) {
        short tag = settings.dialect().messageIdTag();
        if (tag != 0 && pdu.getOptionalParameter(tag) instanceof OptionalParameter.OctetString ours) {
            String written = new String(ours.getValue(), StandardCharsets.US_ASCII);
            return written.matches("[0-9a-f]{32}") ? new MessageId(written) : null;
        }
        return null;
    }

    private @Nullable String reference(DeliverSm pdu, ReceiptText words) {
        var receipted = pdu.getOptionalParameter(Receipted_message_id.class);
        // The parameter repeats the answer's id as it was; only the words write it in another base.
        if (receipted != null && !receipted.getValueAsString().isBlank()) {
            return settings.dialect()
                    .receiptIds()
                    .answered(receipted.getValueAsString().strip());
        }
        return words.id().map(settings.dialect().receiptIds()::receipted).orElse(null);
    }

    private static String state(DeliverSm pdu, ReceiptText words) {
        var state = pdu.getOptionalParameter(Message_state.class);
        int code = state == null ? -1 : state.getValue();
        return code >= 0 && code < STATES.size()
                ? STATES.get(code)
                : words.state().orElse("");
    }

    private static @Nullable Status status(String state) {
        return switch (state) {
            case "DELIVERED", "DELIVRD" -> Status.DELIVERED;
            case "ENROUTE", "ACCEPTED", "ACCEPTD", "SCHEDULED" -> Status.ACCEPTED;
            case "UNKNOWN", "" -> null;
            default -> cause(state) == null ? null : Status.BOUNCED;
        };
    }

    private static @Nullable FailureCause cause(String state) {
        return switch (state) {
            case "EXPIRED" -> FailureCause.EXPIRED;
            case "UNDELIVERABLE", "UNDELIV" -> FailureCause.UNREACHABLE;
            case "DELETED", "SKIPPED" -> FailureCause.UNCLASSIFIED;
            default -> state.contains("REJECT") ? FailureCause.BLOCKED_POLICY : null;
        };
    }

    private Instant occurred(ReceiptText words) {
        var zone = settings.dialect().receiptZone();
        var now = settings.timing().clock().instant();
        return zone == null
                ? now
                : words.done().map(done -> done.atZone(zone).toInstant()).orElse(now);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.identity.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** How a receipt is read from the fields of a callback. */
record ReceiptMapping(
        Condition when,
        @Nullable JsonPointer message,
        @Nullable JsonPointer reference,
        @Nullable TimeField at,
        List<JsonPointer> detail,
        List<StatusRule> status) {

    static @Nullable ReceiptMapping read(Part part) {
        if (!part.present()) {
            return null;
        }
        part.only("when", "message", "reference", "at", "detail", "status");
        if (!part.child("message").present() && !part.child("reference").present()) {
            part.faults().add(part.where() + " has neither message nor reference; expected where an id stands");
        }
        if (part.child("status").items().isEmpty()) {
            part.child("status")
                    .fault("a list of rules such as {\"when\": {\"/status\": \"1\"}, \"is\": \"DELIVERED\"}");
        }
        return new ReceiptMapping(
                Condition.read(part.child("when")),
                optional(part.child("message")),
                optional(part.child("reference")),
                TimeField.read(part.child("at")),
                part.child("detail").items().stream().map(Part::pointer).toList(),
                part.child("status").items().stream().map(StatusRule::read).toList());
    }

    private static @Nullable JsonPointer optional(Part part) {
        return part.present() ? part.pointer() : null;
    }

    /** Whether the fields name a message at all. */
    boolean isReadable(JsonNode fields) {
        return messageId(fields) != null || referenceIn(fields) != null;
    }

    /** The receipt, or nothing if no rule knows what it says. */
    Optional<Receipt> read(JsonNode fields, String adapter, Instant now) {
        return status.stream()
                .filter(rule -> rule.when().holds(fields))
                .findFirst()
                .map(rule -> receipt(fields, rule, adapter, now));
    }

    private Receipt receipt(JsonNode fields, StatusRule rule, String adapter, Instant now) {
        var message = messageId(fields);
        var reference = referenceIn(fields);
        String words = detail.stream()
                .map(pointer -> pointer.toString().substring(1) + " " + Condition.text(fields, pointer))
                .collect(Collectors.joining(", "));
        String written = at == null ? "" : Condition.text(fields, at.pointer());
        return new Receipt(
                Ids.hash("receipt", adapter, name(message), name(reference), rule.status(), words, written),
                message,
                reference,
                rule.status(),
                rule.cause(),
                at == null ? now : at.in(fields, now),
                Redaction.of(words, List.of()));
    }

    private @Nullable MessageId messageId(JsonNode fields) {
        String written = message == null ? "" : Condition.text(fields, message);
        return written.matches("[0-9a-f]{32}") ? new MessageId(written) : null;
    }

    private @Nullable String referenceIn(JsonNode fields) {
        String written = reference == null ? "" : Condition.text(fields, reference);
        return written.isEmpty() ? null : written;
    }

    private static String name(@Nullable Object id) {
        return id == null ? "" : id.toString();
    }
}

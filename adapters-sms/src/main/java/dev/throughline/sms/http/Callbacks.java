// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.sms.Credentials;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** How a gateway's calls are read and answered. */
record Callbacks(
        CallbackSecret secret,
        @Nullable JsonPointer each,
        @Nullable ReceiptMapping receipt,
        @Nullable InboundMapping inbound,
        CallbackAnswer answer) {

    private static final CallbackAnswer FORGED = CallbackAnswer.text(401, "the secret is missing or wrong");
    private static final CallbackAnswer MALFORMED = CallbackAnswer.text(400, "this cannot be read");

    static @Nullable Callbacks read(Part part) {
        if (!part.present()) {
            return null;
        }
        part.only("secret", "each", "receipt", "inbound", "answer");
        return new Callbacks(
                CallbackSecret.read(part.child("secret")),
                part.child("each").present() ? part.child("each").pointer() : null,
                ReceiptMapping.read(part.child("receipt")),
                InboundMapping.read(part.child("inbound")),
                answer(part.child("answer")));
    }

    private static CallbackAnswer answer(Part part) {
        if (!part.present()) {
            return CallbackAnswer.text(200, "OK");
        }
        part.only("status", "contentType", "body");
        return new CallbackAnswer(
                part.child("status").intOr(200, "an HTTP status"),
                part.child("contentType").textOr("text/plain; charset=utf-8"),
                part.child("body").textOr(""));
    }

    Callback read(RawCallback callback, Credentials credentials, String adapter, Instant now) {
        try {
            var fields = CallbackFields.of(callback);
            return secret.isIn(callback, fields, credentials) ? read(fields, adapter, now) : Callback.nothing(FORGED);
        } catch (CallbackFields.MalformedException unreadable) {
            return Callback.nothing(MALFORMED);
        }
    }

    /** What a person has said comes first, because no refusal may be lost for a word that the gateway adds to it. */
    private Callback read(JsonNode fields, String adapter, Instant now) {
        var receipts = new ArrayList<Receipt>();
        var messages = new ArrayList<Inbound>();
        for (JsonNode item : items(fields)) {
            var said = inbound == null || !inbound.when().holds(item)
                    ? Optional.<Inbound>empty()
                    : inbound.read(item, adapter, now);
            if (said.isPresent()) {
                messages.add(said.get());
            } else if (receipt != null && receipt.when().holds(item) && receipt.isReadable(item)) {
                receipt.read(item, adapter, now).ifPresent(receipts::add);
            } else {
                return Callback.nothing(MALFORMED);
            }
        }
        return new Callback(answer, receipts, messages);
    }

    private List<JsonNode> items(JsonNode fields) {
        JsonNode list = each == null ? fields : fields.at(each);
        return each != null && list.isArray() ? List.copyOf(list.values()) : List.of(fields);
    }
}

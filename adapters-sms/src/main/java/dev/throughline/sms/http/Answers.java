// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.SendResult;
import dev.throughline.identity.Money;
import dev.throughline.identity.ThroughlineException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** How a gateway's answer is understood: HTTP 200 is not acceptance, only the described success is. */
record Answers(
        Condition accepted,
        List<JsonPointer> references,
        @Nullable Price price,
        @Nullable JsonPointer code,
        @Nullable JsonPointer words,
        Map<String, Outcome> errors,
        Map<String, Outcome> statuses,
        Outcome otherwise) {

    /** Where the price stands and in what currency. */
    record Price(JsonPointer pointer, String currency) {

        static @Nullable Price read(Part part) {
            if (!part.present()) {
                return null;
            }
            part.only("path", "currency");
            String currency = part.child("currency").text("an ISO 4217 code such as VND");
            if (!currency.matches("[A-Z]{3}")) {
                part.child("currency").fault("an ISO 4217 code such as VND");
            }
            return new Price(part.child("path").pointer(), currency);
        }

        @Nullable
        Money in(JsonNode body) {
            try {
                String amount = Condition.text(body, pointer);
                return amount.isEmpty() ? null : Money.of(amount, currency);
            } catch (ThroughlineException noAmount) {
                return null;
            }
        }
    }

    static Answers read(Part part) {
        part.only("accepted", "reference", "price", "code", "words", "errors", "http", "otherwise");
        return new Answers(
                Condition.read(part.child("accepted")),
                part.child("reference").present()
                        ? List.of(part.child("reference").pointer())
                        : List.of(),
                Price.read(part.child("price")),
                optional(part.child("code")),
                optional(part.child("words")),
                outcomes(part.child("errors")),
                outcomes(part.child("http")),
                part.child("otherwise").present() ? Outcome.read(part.child("otherwise")) : Outcome.UNCLEAR);
    }

    private static @Nullable JsonPointer optional(Part part) {
        return part.present() ? part.pointer() : null;
    }

    private static Map<String, Outcome> outcomes(Part part) {
        var outcomes = new LinkedHashMap<String, Outcome>();
        part.members().forEach((code, outcome) -> outcomes.put(code, Outcome.read(outcome)));
        return outcomes;
    }

    SendResult result(Reply reply, Collection<String> secrets) {
        JsonNode body = parse(reply.body());
        boolean well = reply.status() / 100 == 2;
        if (well && accepted.holds(body)) {
            return new SendResult.Accepted(references(body), price == null ? null : price.in(body));
        }
        return meaning(reply, body).result(references(body), reply.retryAfter(), detail(reply, body, secrets));
    }

    /** What became of a message that was asked for: only what the description knows counts, since all else is about the question. */
    SendResult told(Reply reply, Collection<String> secrets) {
        JsonNode body = parse(reply.body());
        if (reply.status() / 100 == 2 && accepted.holds(body)) {
            return new SendResult.Accepted(references(body), price == null ? null : price.in(body));
        }
        Outcome known = known(reply, body);
        return (known == null ? Outcome.UNCLEAR : known)
                .result(references(body), reply.retryAfter(), detail(reply, body, secrets));
    }

    private Outcome meaning(Reply reply, JsonNode body) {
        Outcome known = known(reply, body);
        if (known != null) {
            return known;
        }
        return reply.status() / 100 == 2 && body.isObject() ? otherwise : Outcome.ofStatus(reply.status());
    }

    private @Nullable Outcome known(Reply reply, JsonNode body) {
        Outcome byCode = code == null ? null : errors.get(Condition.text(body, code));
        return byCode == null ? statuses.get(Integer.toString(reply.status())) : byCode;
    }

    private String detail(Reply reply, JsonNode body, Collection<String> secrets) {
        String number = code == null ? "" : Condition.text(body, code);
        String said = words == null ? "" : Condition.text(body, words);
        String prefix = "HTTP " + reply.status() + (number.isEmpty() ? "" : ", code " + number);
        return Redaction.of(said.isEmpty() ? prefix : prefix + ": " + said, secrets);
    }

    private List<String> references(JsonNode body) {
        return references.stream()
                .map(pointer -> Condition.text(body, pointer))
                .filter(reference -> !reference.isEmpty())
                .toList();
    }

    private static JsonNode parse(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}

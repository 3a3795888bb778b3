// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.Inbound;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Ids;
import dev.throughline.sms.PhoneForm;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** How a message from a person is read from the fields of a callback. */
record InboundMapping(
        Condition when,
        @Nullable JsonPointer id,
        JsonPointer from,
        @Nullable JsonPointer to,
        JsonPointer text,
        @Nullable TimeField at,
        String country) {

    static @Nullable InboundMapping read(Part part) {
        if (!part.present()) {
            return null;
        }
        part.only("when", "id", "from", "to", "text", "at", "country");
        String country = part.child("country").textOr("");
        if (!country.matches("[A-Z]{2}|")) {
            part.child("country").fault("an ISO 3166-1 code such as VN");
        }
        return new InboundMapping(
                Condition.read(part.child("when")),
                part.child("id").present() ? part.child("id").pointer() : null,
                part.child("from").pointer(),
                part.child("to").present() ? part.child("to").pointer() : null,
                part.child("text").pointer(),
                TimeField.read(part.child("at")),
                country);
    }

    /** The message, or nothing if its sender is no phone number. */
    Optional<Inbound> read(JsonNode fields, String adapter, Instant now) {
        String number = to == null ? "" : Condition.text(fields, to);
        String words = Condition.text(fields, text);
        return PhoneForm.read(Condition.text(fields, from), country)
                .map(person -> new Inbound(
                        name(fields, adapter + " " + person.value() + " " + number, words, now),
                        Channel.SMS,
                        person,
                        number,
                        words,
                        at == null ? now : at.in(fields, now)));
    }

    /** By the gateway's id; else the same words at the same written time, or within ten minutes, are the same message. */
    private String name(JsonNode fields, String way, String words, Instant now) {
        String given = id == null ? "" : Condition.text(fields, id);
        if (!given.isEmpty()) {
            return Ids.hash("inbound", way, given);
        }
        String written = at == null ? "" : Condition.text(fields, at.pointer());
        return Ids.hash("inbound", way, words, written.isEmpty() ? now.getEpochSecond() / 600 : written);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.consent.Actor;
import dev.throughline.consent.ConsentAct;
import dev.throughline.consent.Grant;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Purpose;
import dev.throughline.consent.Withdrawal;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.touchpoint.Touchpoint.Call;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of a consents file: {@code user}, {@code purpose}, {@code channels}, {@code at} and, for the evidence, {@code method} and an
 * object {@code evidence} of {@code notice}, {@code version}, {@code text}, {@code language} and {@code proof}. With {@code "withdrawn":
 * true} it is a withdrawal.
 */
final class ConsentLine {

    private static final Set<String> FIELDS =
            new TreeSet<>(Set.of("user", "purpose", "channels", "at", "method", "evidence", "withdrawn"));
    private static final Set<String> EVIDENCE = new TreeSet<>(Set.of("notice", "version", "text", "language", "proof"));
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConsentLine() {}

    static Touchpoint read(String json, int line) {
        JsonNode fields = object(json);
        known(fields, FIELDS);
        known(fields.path("evidence"), EVIDENCE);
        Instant at = at(required(fields, "at"));
        ConsentAct act = fields.path("withdrawn").asBoolean(false) ? withdrawal(fields) : grant(fields);
        return new Touchpoint(
                "consent-line-" + line,
                Call.CONSENT,
                act.name(),
                List.of(Identity.userId(required(fields, "user"))),
                at,
                at,
                Map.copyOf(act.properties()),
                "consents",
                Origin.LIVE);
    }

    private static JsonNode object(String json) {
        try {
            JsonNode read = JSON.readTree(json);
            if (read.isObject()) {
                return read;
            }
        } catch (JacksonException malformed) {
            throw new ThroughlineException("consent: " + malformed.getOriginalMessage(), malformed);
        }
        throw new ThroughlineException("consent: expected one JSON object");
    }

    private static void known(JsonNode object, Set<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw new ThroughlineException("consent field '" + name + "': expected one of " + names);
            }
        }
    }

    private static Grant grant(JsonNode fields) {
        JsonNode evidence = fields.path("evidence");
        Grant grant = Grant.of(new Purpose(required(fields, "purpose"))).actor(Actor.SUBJECT);
        grant = fields.has("channels") ? grant.on(channels(fields)) : grant;
        grant = fields.has("method") ? grant.method(required(fields, "method")) : grant;
        if (evidence.has("notice")) {
            var notice = Notice.notice(
                    required(evidence, "notice"), evidence.path("version").asInt(1));
            grant = grant.shown(notice.saying(evidence.path("text").asString("")));
        }
        grant = evidence.has("language") ? grant.language(required(evidence, "language")) : grant;
        return evidence.has("proof") ? grant.proof(required(evidence, "proof")) : grant;
    }

    private static Withdrawal withdrawal(JsonNode fields) {
        return Withdrawal.of(new Purpose(required(fields, "purpose")))
                .on(channels(fields))
                .actor(Actor.SUBJECT);
    }

    private static Channel[] channels(JsonNode fields) {
        return fields.path("channels").values().stream()
                .map(channel -> Channel.parse(channel.asString("")))
                .toArray(Channel[]::new);
    }

    private static String required(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString() || value.asString().isBlank()) {
            throw new ThroughlineException("consent field '" + name + "': " + value + ", expected a text");
        }
        return value.asString();
    }

    private static Instant at(String time) {
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException unreadable) {
            throw new ThroughlineException(
                    "consent field 'at': '" + time + "', expected date, time and offset such as 2026-11-23T09:00+07:00",
                    unreadable);
        }
    }
}

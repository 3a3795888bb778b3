// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint.Call;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a touchpoint of one call, field by field; what is not taken is kept. Used once, by one thread. */
final class SegmentReader {

    static final String EXTERNAL_IDS = "externalIds";
    private static final String PREVIOUS = "previousId";
    private static final String ORIGINAL = "originalTimestamp";
    private static final String CALLS =
            Arrays.stream(Call.values()).map(SegmentReader::word).collect(Collectors.joining(", "));

    private final Map<String, @Nullable Object> rest;
    private final Instant now;
    private final String id;
    private final List<Identity> names = new ArrayList<>();
    private @Nullable Instant occurredAt;

    SegmentReader(Map<String, @Nullable Object> members, Instant now) {
        this.now = now;
        this.rest = members;
        String said = text("messageId");
        this.id = said != null ? said : hashed(members, now);
    }

    /** A call that says no time is the same only at the same instant. */
    private static String hashed(Map<String, @Nullable Object> members, Instant now) {
        boolean timed = members.get("timestamp") != null || members.get(ORIGINAL) != null;
        return "hash-" + Ids.hash(Json.print(members), timed ? "" : now);
    }

    Touchpoint touchpoint() {
        Call call = call();
        name("userId");
        name("anonymousId");
        var context = object("context");
        externalIds(context);
        var properties = properties(call);
        String event = event(call);
        Instant received = time();
        if (!context.isEmpty()) {
            Addresses.mentioned(Values.map(context.get("traits")), names);
            rest.put("context", context);
        }
        String source = source();
        return new Touchpoint(
                id,
                call,
                event,
                names,
                occurredAt == null ? received : occurredAt,
                received,
                properties,
                source,
                Origin.LIVE,
                rest);
    }

    private Call call() {
        String type = text("type");
        for (Call call : Call.values()) {
            if (word(call).equals(type)) {
                return call;
            }
        }
        throw refused("type", type, "one of " + CALLS);
    }

    static String word(Call call) {
        return call.name().toLowerCase(Locale.ROOT);
    }

    private String event(Call call) {
        return switch (call) {
            case TRACK, CONSENT -> required("event", "a name such as Order Completed");
            case PAGE -> EventNames.PAGE_VIEWED;
            case SCREEN -> EventNames.SCREEN_VIEWED;
            case IDENTIFY, GROUP, ALIAS -> word(call);
        };
    }

    private Map<String, @Nullable Object> properties(Call call) {
        switch (call) {
            case IDENTIFY -> {
                var traits = object("traits");
                Addresses.named(traits, names);
                return traits;
            }
            case GROUP -> {
                var traits = object("traits");
                traits.put("groupId", required("groupId", "the group's id"));
                return traits;
            }
            case PAGE, SCREEN -> {
                var properties = object("properties");
                moved("name", properties);
                moved("category", properties);
                return properties;
            }
            case ALIAS -> {
                previous();
                return Map.of();
            }
            default -> {
                return object("properties");
            }
        }
    }

    private void moved(String field, Map<String, @Nullable Object> properties) {
        String said = text(field);
        if (said != null) {
            properties.put(field, said);
        }
    }

    /** Stays among the fields, because nobody could tell afterwards which of the names it was. */
    private void previous() {
        String previous = text(PREVIOUS);
        if (previous != null) {
            rest.put(PREVIOUS, previous);
            if (names.stream().noneMatch(name -> name.value().equals(previous))) {
                names.add(identity(PREVIOUS, "anonymousId", previous));
            }
        }
        if (names.size() < 2) {
            throw refused(PREVIOUS, previous, "the name that she went by before");
        }
    }

    private void name(String field) {
        String value = text(field);
        if (value != null) {
            names.add(identity(field, field, value));
        }
    }

    /** Those that are names of users, and nothing more, become identities; others stay. */
    private void externalIds(Map<String, @Nullable Object> context) {
        if (!(context.get(EXTERNAL_IDS) instanceof List<?> all)) {
            return;
        }
        var others = new ArrayList<@Nullable Object>();
        for (Object external : all) {
            var said = Values.map(external);
            if (said.get("type") instanceof String type
                    && said.get("id") instanceof String value
                    && "users".equals(said.getOrDefault("collection", "users"))
                    && "none".equals(said.getOrDefault("encoding", "none"))) {
                names.add(identity("context." + EXTERNAL_IDS, type, value));
            } else {
                others.add(external);
            }
        }
        if (others.isEmpty()) {
            context.remove(EXTERNAL_IDS);
        } else {
            context.put(EXTERNAL_IDS, others);
        }
    }

    private Identity identity(String field, String type, String value) {
        try {
            return Identity.of(type, value);
        } catch (ThroughlineException unusable) {
            throw new ThroughlineException(where(field) + ": " + unusable.getMessage(), unusable);
        }
    }

    /** Sets when it happened, and says when it was received. */
    private Instant time() {
        Instant received = instant("receivedAt", rest.remove("receivedAt"));
        Object said = rest.remove("timestamp");
        Instant timestamp = instant("timestamp", said);
        Instant original = instant(ORIGINAL, rest.get(ORIGINAL));
        Instant sent = instant("sentAt", rest.get("sentAt"));
        Instant arrival = received == null ? now : received;
        if (timestamp != null && (received != null || original != null)) {
            occurredAt = timestamp;
            return arrival;
        }
        Instant first = original != null ? original : timestamp;
        if (first == null || sent == null) {
            occurredAt = first;
            return arrival;
        }
        rest.put(ORIGINAL, original != null ? rest.get(ORIGINAL) : said);
        occurredAt = arrival.minus(Duration.between(first, sent));
        return arrival;
    }

    private @Nullable Instant instant(String field, @Nullable Object said) {
        if (said == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(said.toString()).toInstant();
            boolean counted = Math.abs(instant.getEpochSecond()) < Integer.MAX_VALUE * 10L;
            if (counted) {
                return instant;
            }
        } catch (DateTimeException unreadable) {
            throw refused(field, said, "an ISO 8601 time with its offset, such as 2026-11-23T09:00:00.000Z");
        }
        throw refused(field, said, "a time between 2000 and 2200");
    }

    private String source() {
        String implied = implied(rest);
        Object channel = rest.get("channel");
        if (channel instanceof String named && named.length() <= 200 && Identity.isLine(named)) {
            rest.remove("channel");
            return named;
        }
        return implied;
    }

    /** The source of a call that does not name it. */
    static String implied(Map<String, ? extends @Nullable Object> fields) {
        var context = Values.map(fields.get("context"));
        for (String source : List.of(Source.TILL, Source.CALL)) {
            if (context.get(source) instanceof Map<?, ?>) {
                return source;
            }
        }
        Object library = Values.map(context.get("library")).get("name");
        return library instanceof String named && named.length() <= 200 && Identity.isLine(named) ? named : "segment";
    }

    /** A field that is taken out: an object, which may be missing. */
    private Map<String, @Nullable Object> object(String field) {
        Object said = rest.remove(field);
        if (said == null || said instanceof Map<?, ?>) {
            return new LinkedHashMap<>(Values.map(said));
        }
        throw refused(field, said, "an object");
    }

    private String required(String field, String expected) {
        String said = text(field);
        if (said == null) {
            throw refused(field, null, expected);
        }
        return said;
    }

    /** A field that is taken out: a text, or the digits of a whole number; what is blank is missing. */
    private @Nullable String text(String field) {
        Object said = rest.remove(field);
        if (said == null || (said instanceof String text && text.isBlank())) {
            return null;
        }
        if (said instanceof String || said instanceof Integer || said instanceof Long) {
            return said.toString();
        }
        throw refused(field, said, "text");
    }

    private ThroughlineException refused(String field, @Nullable Object said, String expected) {
        String value = said == null ? " is missing" : ": '" + Shown.of(said.toString()) + "'";
        return new ThroughlineException(where(field) + value + ", expected " + expected);
    }

    @SuppressWarnings("NullAway") // asked for while the id itself is read
    private String where(String field) {
        return "Segment call" + (id == null ? "" : " '" + Shown.of(id) + "'") + ", field '" + field + "'";
    }
}

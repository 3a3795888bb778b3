// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Ids;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Touchpoint;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The properties of a consent act, the same in a host's hands and in a stored touchpoint; checked when they are read. */
final class ActFields {

    static final ActFields NONE = new ActFields(new TreeMap<>(), "consent act");

    private static final Set<String> KNOWN = Set.of(
            "purpose",
            "channels",
            "topic",
            "actor",
            "notice",
            "version",
            "text",
            "language",
            "method",
            "proof",
            "origin",
            "basis",
            "validFrom",
            "validUntil",
            "agreements",
            "marks",
            "controller",
            "brand",
            "most",
            "within",
            "from",
            "to");

    private final Map<String, Object> values;
    private final String where;

    private ActFields(Map<String, Object> values, String where) {
        this.values = Collections.unmodifiableMap(values);
        this.where = where;
    }

    static ActFields of(Touchpoint touchpoint) {
        var values = new TreeMap<String, Object>();
        touchpoint.properties().forEach((name, value) -> {
            if (value != null && KNOWN.contains(name)) {
                values.put(name, value);
            }
        });
        var fields = new ActFields(values, "touchpoint '" + touchpoint.id() + "' (" + touchpoint.name() + ")");
        fields.check();
        return fields;
    }

    ActFields with(String name, Object value) {
        var more = new TreeMap<>(values);
        more.put(name, value);
        return new ActFields(more, where);
    }

    ActFields adding(String name, Enum<?> word) {
        var words = new TreeSet<>(words(name));
        words.add(word.name());
        return with(name, List.copyOf(words));
    }

    ActFields on(Channel... channels) {
        return with(
                "channels",
                Arrays.stream(channels).sorted().map(Channel::written).toList());
    }

    ActFields shown(Notice notice) {
        var shown = with("notice", notice.id()).with("version", (long) notice.version());
        return notice.text().isEmpty() ? shown : shown.with("text", notice.text());
    }

    Map<String, Object> values() {
        return values;
    }

    String text(String name) {
        Object value = values.getOrDefault(name, "");
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, value, "text");
    }

    /** A no may mean everything; a yes never does. */
    ActFields requirePurpose(String act) {
        if (text("purpose").isEmpty()) {
            throw new ThroughlineException(where + ": " + act + " without purpose, expected one such as ADVERTISING");
        }
        return this;
    }

    Set<Agreement> agreements() {
        return constants("agreements", Agreement.class);
    }

    /** One line for each channel whose addresses are of this kind. */
    List<ConsentEvent> eventsAt(Address address, Occasion occasion, ConsentEvent.Type type) {
        List<String> channels = words("channels");
        if (channels.isEmpty()) {
            return List.of(event(occasion, type, ""));
        }
        return channels.stream()
                .map(Channel::parse)
                .filter(channel -> channel.addressKind().equals(address.kind()))
                .map(channel -> event(occasion, type, channel.name()))
                .toList();
    }

    Actor actor() {
        return constant("actor", Actor.class, Actor.SUBJECT);
    }

    /** A no, or an end, that names nobody is said to everybody, also to controllers that only other hosts of the store know. */
    private ConsentEvent event(Occasion occasion, ConsentEvent.Type type, String channel) {
        String named = text("controller");
        var scope = new ConsentScope(
                named.isEmpty() && type.grants() ? occasion.controller() : named,
                text("brand"),
                channel,
                text("purpose"),
                text("topic"));
        Instant from = instant("validFrom");
        return new ConsentEvent(
                Ids.hash("consent", occasion.id(), type, scope),
                type,
                occasion.holder(),
                scope,
                constant("basis", Basis.class, Basis.EXPRESS),
                actor(),
                occasion.occurredAt(),
                occasion.recordedAt(),
                from == null || from.isBefore(occasion.occurredAt()) ? occasion.occurredAt() : from,
                instant("validUntil"),
                agreements(),
                constants("marks", ConsentEvent.Mark.class),
                evidence(),
                null,
                null,
                type == ConsentEvent.Type.PREFERRED ? wish() : null);
    }

    ActFields wishing(Wish wish) {
        return with("most", (long) wish.most())
                .with("within", wish.within().toString())
                .with("from", (long) wish.from())
                .with("to", (long) wish.to());
    }

    private Wish wish() {
        String within = text("within");
        try {
            return new Wish(
                    number("most"),
                    within.isEmpty() ? Duration.ZERO : Duration.parse(within),
                    number("from"),
                    number("to"));
        } catch (DateTimeException unreadable) {
            throw wrong("within", within, "a duration such as PT168H");
        }
    }

    private Evidence evidence() {
        String method = text("method");
        boolean shown = !text("notice").isEmpty() || !text("text").isEmpty();
        return new Evidence(
                text("notice"),
                number("version"),
                text("text"),
                "",
                text("language"),
                method.isEmpty() && shown ? "form" : method,
                text("proof"),
                text("origin"));
    }

    private int number(String name) {
        Object value = values.getOrDefault(name, 0L);
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw wrong(name, value, "a whole number");
    }

    /** Reads everything once, so that a wrong touchpoint is refused before it is taken in. */
    private void check() {
        if (!text("purpose").isEmpty()) {
            new Purpose(text("purpose"));
        }
        words("channels").forEach(Channel::parse);
        var occasion = new Occasion("check", null, "", Instant.EPOCH, Instant.EPOCH);
        event(occasion, ConsentEvent.Type.GRANTED, "");
        event(occasion, ConsentEvent.Type.PREFERRED, "");
    }

    private @Nullable Instant instant(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw wrong(name, text, "an instant such as 2026-11-23T02:00:00Z");
        }
    }

    private <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : constant(name, type, text);
    }

    private <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
        var constants = EnumSet.noneOf(type);
        words(name).forEach(word -> constants.add(constant(name, type, word)));
        return constants;
    }

    private <E extends Enum<E>> E constant(String name, Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong(name, word, "one of " + Arrays.toString(type.getEnumConstants())));
    }

    private List<String> words(String name) {
        Object value = values.getOrDefault(name, List.of());
        if (value instanceof Collection<?> items && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        throw wrong(name, value, "a list of words");
    }

    static List<Channel> channels(Map<String, Object> values) {
        return new ActFields(values, "consent act")
                .words("channels").stream().map(Channel::parse).toList();
    }

    private ThroughlineException wrong(String name, Object value, String expected) {
        return new ThroughlineException(where + ", " + name + ": '" + value + "', expected " + expected);
    }
}

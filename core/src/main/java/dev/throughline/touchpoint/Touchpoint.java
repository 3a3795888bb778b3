// SPDX-License-Identifier: Apache-2.0
package dev.throughline.touchpoint;

import dev.throughline.identity.Identity;
import dev.throughline.identity.Shown;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened between a customer and the shop, on whatever channel. Immutable and canonical: identities are sorted
 * by trust, properties by name.
 *
 * @param id names it; a repeated id is dropped for seven days
 * @param call which call of the Segment spec it is, or a consent act
 * @param name the event's name, such as {@code Order Completed}; the call's own name where it has none
 * @param identities under which names the customer was known; at least one
 * @param occurredAt when it happened
 * @param receivedAt when it reached us
 * @param properties what else is known of it; for {@link Call#IDENTIFY} the customer's traits
 * @param source where it came from, such as {@code web} or {@code till}
 * @param origin news or history
 * @param fields what else the call said, by the names of the Segment spec: {@code context}, {@code integrations}, and what this library
 *     does not know; mostly empty
 */
public record Touchpoint(
        String id,
        Call call,
        String name,
        List<Identity> identities,
        Instant occurredAt,
        Instant receivedAt,
        Map<String, @Nullable Object> properties,
        String source,
        Origin origin,
        Map<String, @Nullable Object> fields) {

    /** What is done with it. */
    public enum Call {
        /** Says who somebody is: traits and further identities. */
        IDENTIFY,
        /** Says what somebody did. */
        TRACK,
        /** Says which page of a site somebody saw. */
        PAGE,
        /** Says which screen of an app somebody saw. */
        SCREEN,
        /** Says to which company, household or club somebody belongs. */
        GROUP,
        /** Says that somebody who was known by one name goes by another one now. */
        ALIAS,
        /** Grants, refuses or withdraws a consent. */
        CONSENT
    }

    /** How far ahead of its reception a touchpoint may lie before it is rejected. */
    public static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(5);

    /** What happened before this is rejected as a broken clock. */
    public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** What is received after this is rejected: stores count nanoseconds in 64 bits. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** How a touchpoint is stored. */
    public static final Codec<Touchpoint> CODEC = new TouchpointCodec();

    private static final int LONGEST_NAME = 200;

    /**
     * Checks and canonicalises.
     *
     * @throws ThroughlineException if a part is missing, id, name or source are empty or too long, there is no identity, the instant is
     *     before 2000 or more than five minutes after the reception, the reception after 2199, or a property or field is of an unusable
     *     type or too large (32 Ki characters; 256 Ki all properties together and all fields together, 32 Ki what is said of a group)
     */
    public Touchpoint {
        Supplier<String> where = where(id, name);
        requireText(where, "id", id);
        requireText(where, "name", name);
        requireText(where, "source", source);
        require(where, "call", call);
        require(where, "occurredAt", occurredAt);
        require(where, "receivedAt", receivedAt);
        require(where, "properties", properties);
        require(where, "origin", origin);
        require(where, "identities", identities);
        if (identities.isEmpty() || isGap(identities)) {
            throw new ThroughlineException(where.get() + ": no identity, expected at least one such as userId");
        }
        if (occurredAt.isBefore(EARLIEST) || occurredAt.minus(FUTURE_TOLERANCE).isAfter(receivedAt)) {
            throw new ThroughlineException(where.get() + ": occurred at " + occurredAt + ", expected an instant from "
                    + EARLIEST + " to five minutes after its reception at " + receivedAt);
        }
        if (receivedAt.isAfter(LATEST)) {
            throw new ThroughlineException(
                    where.get() + ": received at " + receivedAt + ", expected an instant before " + LATEST);
        }
        identities = List.copyOf(identities.size() == 1 ? identities : new TreeSet<>(identities));
        boolean named = call == Call.IDENTIFY;
        String type = identities.get(0).type();
        properties = Values.properties(
                properties, named ? () -> "identify of " + type : where, named ? "trait" : "property");
        if (call == Call.GROUP) {
            Values.requireOneTrait(properties, where);
        }
        require(where, "fields", fields);
        fields = fields.isEmpty() ? Map.of() : Values.properties(fields, where, "field");
    }

    /**
     * A touchpoint of which nothing else was said.
     *
     * @param id names it
     * @param call which call it is
     * @param name the event's name
     * @param identities under which names the customer was known
     * @param occurredAt when it happened
     * @param receivedAt when it reached us
     * @param properties what else is known of it
     * @param source where it came from
     * @param origin news or history
     * @throws ThroughlineException as with all components
     */
    public Touchpoint(
            String id,
            Call call,
            String name,
            List<Identity> identities,
            Instant occurredAt,
            Instant receivedAt,
            Map<String, @Nullable Object> properties,
            String source,
            Origin origin) {
        this(id, call, name, identities, occurredAt, receivedAt, properties, source, origin, Map.of());
    }

    /**
     * The identity it is filed under.
     *
     * @return the most trusted one
     */
    public Identity identity() {
        return identities.get(0);
    }

    /**
     * A property.
     *
     * @param property its name
     * @return its value, or {@code null} if it has none
     */
    public @Nullable Object property(String property) {
        return properties.get(property);
    }

    /**
     * The same with other properties.
     *
     * @param others all of them
     * @return the changed touchpoint
     * @throws ThroughlineException if one is of an unusable type or too large
     */
    public Touchpoint with(Map<String, @Nullable Object> others) {
        return new Touchpoint(id, call, name, identities, occurredAt, receivedAt, others, source, origin, fields);
    }

    /**
     * Brings what a host says to the types that are kept, as it is done with properties.
     *
     * @param given texts, numbers, flags, instants, dates, enums, lists and maps by name
     * @param where what a refusal begins with
     * @return the same in canonical form; immutable
     * @throws ThroughlineException if a value is of another type or too large; names it and tells nothing of what it says
     */
    public static Map<String, @Nullable Object> canonical(Map<String, ? extends @Nullable Object> given, String where) {
        return Values.properties(given, () -> where, "value");
    }

    /** The same with other fields. */
    Touchpoint withFields(Map<String, @Nullable Object> others) {
        return new Touchpoint(id, call, name, identities, occurredAt, receivedAt, properties, source, origin, others);
    }

    /**
     * What surrounded it: page, campaign, address on the net, or till and call.
     *
     * @return the field {@code context}; empty if there is none
     */
    public Map<String, @Nullable Object> context() {
        return Values.map(fields.get("context"));
    }

    /**
     * What is known of its source: for a till its store, number and clerk, for a call the agent and the call's number.
     *
     * @return the part of {@link #context} that bears the source's name; empty if there is none
     */
    public Map<String, @Nullable Object> details() {
        return fields.isEmpty() ? Map.of() : Values.map(context().get(source));
    }

    /**
     * The same under other names.
     *
     * @param names all of them; at least one
     * @return the changed touchpoint
     */
    public Touchpoint under(List<Identity> names) {
        return new Touchpoint(id, call, name, names, occurredAt, receivedAt, properties, source, origin, fields);
    }

    /**
     * The same as something from the past that is brought in now: it fills profiles, windows, baskets and segments, and starts no journey.
     *
     * @param reception when it is brought in
     * @return the changed touchpoint
     * @throws ThroughlineException if it occurred later
     */
    public Touchpoint asHistory(Instant reception) {
        return new Touchpoint(
                id, call, name, identities, occurredAt, reception, properties, source, Origin.HISTORY, fields);
    }

    /** Put together only for a refusal. */
    private static Supplier<String> where(String id, String name) {
        return () -> "touchpoint '" + Shown.of(id) + "' (" + Shown.of(name) + ")";
    }

    private static boolean isGap(List<Identity> identities) {
        for (Identity identity : identities) {
            if (identity == null) {
                return true;
            }
        }
        return false;
    }

    /** Hosts hand in what they read elsewhere: a part that is missing there is missing here, whatever the types say. */
    private static void require(Supplier<String> where, String what, @Nullable Object part) {
        if (part == null) {
            throw new ThroughlineException(where.get() + ": " + what + " is missing, expected a value");
        }
    }

    private static void requireText(Supplier<String> where, String what, String text) {
        require(where, what, text);
        if (text.length() > LONGEST_NAME || !Identity.isLine(text)) {
            throw new ThroughlineException(where.get() + ": " + what + " of " + text.length()
                    + " characters, expected 1 to 200 without line breaks");
        }
    }

    private static final class TouchpointCodec implements Codec<Touchpoint> {
        @Override
        public void write(Touchpoint touchpoint, Writer out) {
            out.string(1, touchpoint.id);
            out.constant(2, touchpoint.call);
            out.string(3, touchpoint.name);
            out.each(4, Identity.CODEC, touchpoint.identities);
            out.instant(5, touchpoint.occurredAt);
            out.instant(6, touchpoint.receivedAt);
            touchpoint.properties.forEach((name, value) -> {
                out.string(7, name);
                out.value(8, value);
            });
            out.string(9, touchpoint.source);
            out.constant(10, touchpoint.origin);
            touchpoint.fields.forEach((name, value) -> {
                out.string(11, name);
                out.value(12, value);
            });
        }

        @Override
        public Touchpoint read(Reader in) {
            String id = "";
            Call call = Call.TRACK;
            String name = "";
            var identities = new ArrayList<Identity>();
            Instant occurredAt = Instant.EPOCH;
            Instant receivedAt = Instant.EPOCH;
            var properties = new TreeMap<String, @Nullable Object>();
            String property = "";
            String source = "";
            Origin origin = Origin.LIVE;
            Map<String, @Nullable Object> fields = Map.of();
            String field = "";
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> id = in.string();
                    case 2 -> call = in.constant(Call.class);
                    case 3 -> name = in.string();
                    case 4 -> identities.add(in.nested(Identity.CODEC));
                    case 5 -> occurredAt = in.instant();
                    case 6 -> receivedAt = in.instant();
                    case 7 -> property = in.string();
                    case 8 -> properties.put(property, in.value());
                    case 9 -> source = in.string();
                    case 10 -> origin = in.constant(Origin.class);
                    case 11 -> field = in.string();
                    case 12 -> {
                        fields = fields.isEmpty() ? new TreeMap<>() : fields;
                        fields.put(field, in.value());
                    }
                    default -> {}
                }
            }
            return new Touchpoint(
                    id,
                    call,
                    name,
                    identities,
                    occurredAt,
                    receivedAt,
                    Collections.unmodifiableMap(properties),
                    source,
                    origin,
                    fields);
        }
    }
}

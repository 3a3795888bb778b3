// SPDX-License-Identifier: Apache-2.0
package dev.throughline.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads documents to objects of plain maps, lists, texts, numbers and flags, and writes them. */
public final class Json {

    /** The format that this version reads and writes; documents that do not say theirs are of the first. */
    public static final int FORMAT = 1;

    private static final int MOST_DIGITS =
            400; // as in properties of events: every double fits, and it can be written out

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    /** What stands where JSON says {@code null}: of no type that anybody expects. */
    private enum Nothing {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    private static final Separators SEPARATORS =
            Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);

    private Json() {}

    /**
     * Reads a whole document.
     *
     * @param json the document
     * @param what what it is, for faults
     * @param reader makes something of it; members that it does not ask for are faults
     * @param refusal makes the exception that tells all faults
     * @param <T> what is made
     * @return what the reader made
     */
    public static <T> T parse(
            String json,
            String what,
            Function<Node, ? extends @Nullable T> reader,
            Function<String, ? extends RuntimeException> refusal) {
        var faults = new ArrayList<String>();
        Node node = read(json, what + ",", faults);
        T made = node.whole(reader);
        if (made == null) {
            throw refusal.apply(told(what, faults));
        }
        return made;
    }

    /**
     * All that is wrong.
     *
     * @param what with what
     * @param faults what is wrong, at least one
     * @return the fault, or a line for each below a heading
     */
    public static String told(String what, List<String> faults) {
        return faults.size() == 1
                ? faults.get(0)
                : what + " has " + faults.size() + " faults:\n  " + String.join("\n  ", faults);
    }

    /**
     * Reads an object. If the text is none, or is of a newer format, that is the only fault that is told of it.
     *
     * @param json the text
     * @param place where it stands, for faults
     * @param faults where faults are collected
     * @return the object; without members if it cannot be read
     */
    public static Node read(String json, String place, List<String> faults) {
        String where = place.endsWith(",") ? place.substring(0, place.length() - 1) : place;
        try {
            if (plain(MAPPER.readTree(json.startsWith(BYTE_ORDER_MARK) ? json.substring(1) : json))
                    instanceof Map<?, ?> map) {
                return current(new Node(sorted(map), place, faults), where, faults);
            }
            faults.add(where + ": expected a JSON object");
        } catch (JacksonException malformed) {
            var location = malformed.getLocation();
            String line = location == null ? "" : ", line " + location.getLineNr();
            faults.add(where + line + ": " + malformed.getOriginalMessage().replaceAll(" \\(start marker at .*", ""));
        }
        return unread(place);
    }

    private static Node current(Node document, String where, List<String> faults) {
        document.text("$schema", "");
        int format = document.number("format", FORMAT);
        if (format <= FORMAT) {
            return document;
        }
        faults.add(where + ": format " + format + ", which a newer version of Throughline wrote: expected at most "
                + FORMAT);
        return unread(where);
    }

    /** Nobody hears of its faults, because its text was refused as a whole. */
    private static Node unread(String place) {
        return new Node(Map.of(), place, new ArrayList<>());
    }

    /**
     * The canonical form: members sorted by name, no blanks.
     *
     * @param object what to write, with sorted members
     * @return the text
     */
    public static String canonical(Map<String, Object> object) {
        return MAPPER.writeValueAsString(object);
    }

    /**
     * A document for people and files, in the current format.
     *
     * @param object its members, in their order
     * @return the text, with a line for each member and one break at the end
     */
    public static String document(Map<String, Object> object) {
        var document = new LinkedHashMap<String, Object>();
        document.put("format", FORMAT);
        document.putAll(object);
        var printer =
                new DefaultPrettyPrinter(SEPARATORS).withObjectIndenter(LINES).withArrayIndenter(LINES);
        return MAPPER.writer().with(printer).writeValueAsString(document) + "\n";
    }

    /**
     * A duration as documents say it, whole days as days.
     *
     * @param time the duration
     * @return such as {@code PT4H} or {@code P30D}
     */
    public static String text(Duration time) {
        long days = time.toDays();
        return days > 0 && time.equals(Duration.ofDays(days)) ? "P" + days + "D" : time.toString();
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            var map = new TreeMap<String, Object>();
            node.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue())));
            return map;
        }
        if (node.isArray()) {
            return node.values().stream().map(Json::plain).toList();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.isInt() ? (Object) node.intValue() : number(node.decimalValue());
        }
        return node.isNull() ? Nothing.NULL : node.asString();
    }

    /** With {@code null} where JSON says so. */
    static @Nullable Object nullable(@Nullable Object plain) {
        if (plain instanceof Map<?, ?> map) {
            var object = new TreeMap<String, @Nullable Object>();
            map.forEach((name, value) -> object.put((String) name, nullable(value)));
            return object;
        }
        if (plain instanceof List<?> items) {
            var list = new ArrayList<@Nullable Object>();
            items.forEach(item -> list.add(nullable(item)));
            return list;
        }
        return plain == Nothing.NULL ? null : plain;
    }

    /** A number that nobody could write out stays a text, and so no number. */
    private static Object number(BigDecimal number) {
        boolean writable = Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
        return writable ? number : number.toString();
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        return sorted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One JSON object with its place; what is wrong with it is collected, so that all faults are told at once. */
final class Node {

    private final Map<String, Object> members;
    private final String place;
    private final List<String> faults;
    private final Set<String> read = new TreeSet<>();

    Node(Map<String, Object> members, String place, List<String> faults) {
        this.members = members;
        this.place = place;
        this.faults = faults;
    }

    /** The same object, told about under another name. */
    Node named(String name) {
        return new Node(members, name, faults);
    }

    Map<String, Object> members() {
        return members;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name, String otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        if (value instanceof String text) {
            return text;
        }
        return fault(name, value, "a text", otherwise);
    }

    String text(String name) {
        if (!has(name)) {
            read.add(name);
            return fault(name, "nothing", "a text", "");
        }
        return text(name, "");
    }

    int number(String name, int otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        if (value instanceof Integer number && number >= 0) {
            return number;
        }
        return fault(name, value, "a whole number from 0", otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        return value instanceof Boolean flag ? flag : fault(name, value, "true or false", otherwise);
    }

    /** A word or a list of words. */
    List<String> texts(String name) {
        read.add(name);
        Object value = members.getOrDefault(name, List.of());
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        return fault(name, value, "a text or a list of texts", List.of());
    }

    <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
        return has(name) ? constant(name, type, text(name)) : null;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) {
        E constant = constant(name, type);
        return constant == null ? otherwise : constant;
    }

    <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
        var constants = new ArrayList<E>();
        for (String word : texts(name)) {
            E constant = constant(name, type, word);
            if (constant != null) {
                constants.add(constant);
            }
        }
        return constants;
    }

    Duration duration(String name, Duration otherwise) {
        return parsed(name, Duration::parse, "a duration such as PT24H", otherwise);
    }

    @Nullable
    Period period(String name) {
        return has(name) ? parsed(name, Period::parse, "a period such as P2Y", Period.ZERO) : null;
    }

    LocalDate date(String name, LocalDate otherwise) {
        return parsed(name, LocalDate::parse, "a date such as 2026-11-21", otherwise);
    }

    /** Minutes of the day, so that 24:00 can be said. */
    int minutes(String name) {
        return parsed(
                name,
                text -> text.equals("24:00") ? 24 * 60 : LocalTime.parse(text).toSecondOfDay() / 60,
                "a time such as 07:00",
                0);
    }

    /** A part; an empty one where there is none. */
    Node part(String name) {
        read.add(name);
        Object value = members.getOrDefault(name, Map.of());
        if (value instanceof Map<?, ?> map) {
            return part(map, at(name));
        }
        fault(name, value, "an object", "");
        return part(Map.of(), at(name));
    }

    List<Node> parts(String name) {
        read.add(name);
        Object value = members.getOrDefault(name, List.of());
        var parts = new ArrayList<Node>();
        if (value instanceof List<?> items && items.stream().allMatch(Map.class::isInstance)) {
            items.forEach(item -> parts.add(part((Map<?, ?>) item, at(name) + "[" + parts.size() + "]")));
        } else {
            fault(name, value, "a list of objects", "");
        }
        return parts;
    }

    /** Tells of members that nobody asked for: a misspelt limit must not be a missing limit. */
    void finish() {
        members.keySet().stream()
                .filter(name -> !read.contains(name))
                .forEach(name -> faults.add(at(name) + ": not a member that this version knows"
                        + (read.isEmpty() ? "" : ", expected one of " + String.join(", ", read))));
    }

    <T> T fault(String name, Object found, String expected, T otherwise) {
        faults.add(at(name) + ": '" + found + "', expected " + expected);
        return otherwise;
    }

    private <T> T parsed(String name, Function<String, T> parser, String expected, T otherwise) {
        if (!has(name)) {
            read.add(name);
            return otherwise;
        }
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (DateTimeException unreadable) {
            return fault(name, text, expected, otherwise);
        }
    }

    private <E extends Enum<E>> @Nullable E constant(String name, Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        fault(name, word, "one of " + Arrays.toString(type.getEnumConstants()), "");
        return null;
    }

    private Node part(Map<?, ?> map, String where) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        return new Node(sorted, where, faults);
    }

    private String at(String name) {
        return place.endsWith(",") ? place + " " + name : place + "." + name;
    }
}

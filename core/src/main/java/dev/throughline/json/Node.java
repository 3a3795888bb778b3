// SPDX-License-Identifier: Apache-2.0
package dev.throughline.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One JSON object with its place; what is wrong with it is collected, so that all faults are told at once. */
public final class Node {

    private static final int LONGEST_SHOWN = 120;

    private final Map<String, Object> members;
    private final String place;
    private final List<String> faults;
    private final Map<Class<?>, Object> known;
    private final Set<String> read = new TreeSet<>();

    Node(Map<String, Object> members, String place, List<String> faults) {
        this(members, place, faults, new HashMap<>());
    }

    private Node(Map<String, Object> members, String place, List<String> faults, Map<Class<?>, Object> known) {
        this.members = members;
        this.place = place;
        this.faults = faults;
        this.known = known;
    }

    /**
     * Lets whoever reads this document, however deep within, ask for something.
     *
     * @param type what it is
     * @param value the thing, such as definitions by name
     * @param <T> its type
     */
    public <T> void knows(Class<T> type, T value) {
        known.put(type, value);
    }

    /**
     * Something that {@link #knows} has brought.
     *
     * @param type what it is
     * @param <T> its type
     * @return the thing, or {@code null} if the document stands alone
     */
    public <T> @Nullable T known(Class<T> type) {
        return type.cast(known.get(type));
    }

    /**
     * The same object, told about under another name.
     *
     * @param name begins its places
     * @return the object; what is read of it is not read of this
     */
    public Node named(String name) {
        return new Node(members, name, faults, known);
    }

    /**
     * Where it stands.
     *
     * @return such as {@code shop.json, campaigns[0]}
     */
    public String place() {
        return place.endsWith(",") ? place.substring(0, place.length() - 1) : place;
    }

    /**
     * All members.
     *
     * @return texts, numbers, flags, lists and maps by name
     */
    public Map<String, Object> members() {
        return members;
    }

    /**
     * Whether there is a member.
     *
     * @param name its name
     * @return whether it is there
     */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * A text that may be missing.
     *
     * @param name its name
     * @param otherwise what is meant where it is missing
     * @return the text
     */
    public String text(String name, String otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        if (value instanceof String text) {
            return text;
        }
        return fault(name, value, "a text", otherwise);
    }

    /**
     * A text.
     *
     * @param name its name
     * @return the text; empty if there is none, which is a fault
     */
    public String text(String name) {
        if (!has(name)) {
            read.add(name);
            return fault(name, "nothing", "a text", "");
        }
        return text(name, "");
    }

    /**
     * A text that names something.
     *
     * @param name its name
     * @return the text; blank if there is none or it is blank, which is a fault
     */
    public String word(String name) {
        if (has(name) && members.get(name) instanceof String blank && blank.isBlank()) {
            read.add(name);
            return fault(name, blank, "a name", "");
        }
        return text(name);
    }

    /**
     * A whole number from 0.
     *
     * @param name its name
     * @param otherwise what is meant where it is missing
     * @return the number
     */
    public int number(String name, int otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        if (value instanceof Integer number && number >= 0) {
            return number;
        }
        return fault(name, value, "a whole number from 0", otherwise);
    }

    /**
     * A whole number.
     *
     * @param name its name
     * @param otherwise what is meant where it is missing
     * @return the number
     */
    public int integer(String name, int otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        return value instanceof Integer number ? number : fault(name, value, "a whole number", otherwise);
    }

    /**
     * A flag.
     *
     * @param name its name
     * @param otherwise what is meant where it is missing
     * @return the flag
     */
    public boolean flag(String name, boolean otherwise) {
        read.add(name);
        Object value = members.getOrDefault(name, otherwise);
        return value instanceof Boolean flag ? flag : fault(name, value, "true or false", otherwise);
    }

    /**
     * A text or a list of texts.
     *
     * @param name its name
     * @return the texts; none where it is missing
     */
    public List<String> texts(String name) {
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

    /**
     * A word of several.
     *
     * @param name its name
     * @param type the words
     * @param <E> the words
     * @return the word, or {@code null} where it is missing or another
     */
    public <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
        return has(name) ? constant(name, type, text(name)) : null;
    }

    /**
     * A word of several.
     *
     * @param name its name
     * @param type the words
     * @param otherwise what is meant where it is missing
     * @param <E> the words
     * @return the word
     */
    public <E extends Enum<E>> E constant(String name, Class<E> type, E otherwise) {
        E constant = constant(name, type);
        return constant == null ? otherwise : constant;
    }

    /**
     * A word of several that must be there.
     *
     * @param name its name
     * @param type the words
     * @param <E> the words
     * @return the word, or {@code null} if it is missing or another, which is a fault
     */
    public <E extends Enum<E>> @Nullable E required(String name, Class<E> type) {
        return constant(name, type, has(name) ? text(name) : "nothing");
    }

    /**
     * Lets a member be, whatever it is.
     *
     * @param name its name
     */
    public void skip(String name) {
        read.add(name);
    }

    /**
     * One or more words of several.
     *
     * @param name its name
     * @param type the words
     * @param <E> the words
     * @return the words that are among them
     */
    public <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
        var constants = new ArrayList<E>();
        for (String word : texts(name)) {
            E constant = constant(name, type, word);
            if (constant != null) {
                constants.add(constant);
            }
        }
        return constants;
    }

    /**
     * A duration, such as {@code PT24H}.
     *
     * @param name its name
     * @param otherwise what is meant where it is missing
     * @return the duration
     */
    public Duration duration(String name, Duration otherwise) {
        return parsed(name, Duration::parse, "a duration such as PT24H", otherwise);
    }

    /**
     * A duration that must be there.
     *
     * @param name its name
     * @return the duration; one second if it is missing or unreadable, which is a fault
     */
    public Duration duration(String name) {
        return has(name)
                ? duration(name, Duration.ofSeconds(1))
                : fault(name, "nothing", "a duration such as PT24H", Duration.ofSeconds(1));
    }

    /**
     * A period of the calendar, such as {@code P2Y}.
     *
     * @param name its name
     * @return the period, or {@code null} where it is missing
     */
    public @Nullable Period period(String name) {
        return has(name) ? parsed(name, Period::parse, "a period such as P2Y", Period.ZERO) : null;
    }

    /**
     * A date.
     *
     * @param name its name
     * @param otherwise what is meant where it is missing
     * @return the date
     */
    public LocalDate date(String name, LocalDate otherwise) {
        return parsed(name, LocalDate::parse, "a date such as 2026-11-21", otherwise);
    }

    /**
     * A time of day, such as {@code 07:00}.
     *
     * @param name its name
     * @return the time, or {@code null} where it is missing
     */
    public @Nullable LocalTime time(String name) {
        return has(name) ? parsed(name, LocalTime::parse, "a time such as 07:00", LocalTime.MIDNIGHT) : null;
    }

    /**
     * Any value.
     *
     * @param name its name
     * @return texts, numbers, flags, lists and maps, or {@code null} where it is missing or JSON says so
     */
    public @Nullable Object value(String name) {
        read.add(name);
        return Json.nullable(members.get(name));
    }

    /**
     * A time of day, {@code 24:00} included.
     *
     * @param name its name
     * @return minutes since midnight
     */
    public int minutes(String name) {
        return parsed(
                name,
                text -> text.equals("24:00") ? 24 * 60 : LocalTime.parse(text).toSecondOfDay() / 60,
                "a time such as 07:00",
                0);
    }

    /**
     * An object within.
     *
     * @param name its name
     * @return the object; one without members where it is missing
     */
    public Node part(String name) {
        read.add(name);
        Object value = members.getOrDefault(name, Map.of());
        if (value instanceof Map<?, ?> map) {
            return part(map, at(name));
        }
        fault(name, value, "an object", "");
        return part(Map.of(), at(name));
    }

    /**
     * A list of objects within.
     *
     * @param name its name
     * @return the objects; none where it is missing
     */
    public List<Node> parts(String name) {
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

    /**
     * Tells of members that nobody asked for: a misspelt limit must not be a missing limit.
     */
    public void finish() {
        members.keySet().stream()
                .filter(name -> !read.contains(name))
                .forEach(name -> faults.add(at(name) + ": not a member that this version knows"
                        + (read.isEmpty() ? "" : ", expected one of " + String.join(", ", read))));
    }

    /**
     * Tells that this object is wrong.
     *
     * @param why what is wrong with it
     */
    public void fault(String why) {
        faults.add(place() + ": " + why);
    }

    /**
     * Tells that a member is wrong.
     *
     * @param name its name
     * @param found what it is
     * @param expected what it should have been
     * @param otherwise what to go on with
     * @param <T> of which type that is
     * @return what to go on with
     */
    public <T> T fault(String name, Object found, String expected, T otherwise) {
        read.add(name);
        faults.add(at(name) + ": '" + shown(found) + "', expected " + expected);
        return otherwise;
    }

    /**
     * The one member that says what this object is, such as the kind of a step.
     *
     * @param kinds its possible names
     * @return its name, or {@code null} if there is none or more than one, which is a fault; then nothing else is told of this object
     */
    public @Nullable String kind(Collection<String> kinds) {
        List<String> found = kinds.stream().filter(members::containsKey).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        read.addAll(members.keySet());
        Object told = found.isEmpty() ? members.keySet() : found;
        fault("'" + shown(told) + "', expected exactly one of " + String.join(", ", kinds));
        return null;
    }

    /**
     * A number.
     *
     * @param name its name
     * @return the number; 0 if there is none, which is a fault
     */
    public BigDecimal decimal(String name) {
        read.add(name);
        Object value = members.getOrDefault(name, "nothing");
        return value instanceof Number number
                ? new BigDecimal(number.toString())
                : fault(name, value, "a number", BigDecimal.ZERO);
    }

    /**
     * A text, a number or a flag.
     *
     * @param name its name
     * @return the value; an empty text if it is something else, which is a fault
     */
    public Object scalar(String name) {
        read.add(name);
        Object value = members.getOrDefault(name, List.of());
        boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
        return plain ? value : fault(name, value, "a text, a number or a flag", "");
    }

    /**
     * An instant, such as {@code 2028-01-01T00:00:00Z}.
     *
     * @param name its name
     * @return the instant, or {@code null} where it is missing
     */
    public @Nullable Instant instant(String name) {
        return has(name)
                ? parsed(name, Instant::parse, "an instant such as 2028-01-01T00:00:00Z", Instant.EPOCH)
                : null;
    }

    /**
     * Makes something of a member; what its maker refuses is a fault at the member's place.
     *
     * @param name the member's name
     * @param refusal what the maker throws
     * @param maker makes it
     * @param <T> what is made
     * @return what was made, or {@code null} if it was refused
     */
    public <T> @Nullable T made(String name, Class<? extends RuntimeException> refusal, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (RuntimeException refused) {
            if (!refusal.isInstance(refused)) {
                throw refused;
            }
            faults.add(at(name) + ": " + refused.getMessage());
            return null;
        }
    }

    /**
     * Reads this object to its end.
     *
     * @param reader makes something of it; members that it does not ask for are faults
     * @param <T> what is made
     * @return what was made, or {@code null} if anything in it is wrong
     */
    public <T> @Nullable T whole(Function<Node, ? extends @Nullable T> reader) {
        int before = faults.size();
        T made = reader.apply(this);
        finish();
        return faults.size() == before ? made : null;
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
        read.add(name);
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
        return new Node(sorted, where, faults, known);
    }

    /** On one line and not too long. */
    private static String shown(Object found) {
        String text = found.toString();
        String beginning = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return beginning.replaceAll("\\p{Cntrl}", "?");
    }

    private String at(String name) {
        return place.endsWith(",") ? place + " " + name : place + "." + name;
    }
}

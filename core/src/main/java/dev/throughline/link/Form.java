// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import dev.throughline.channel.RawCallback;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a form that a browser or a mail provider has posted, urlencoded or multipart (RFC 7578). Immutable.
 *
 * @param fields the values by name, in the order in which they came; unmodifiable
 */
public record Form(Map<String, List<String>> fields) {

    /** How large a body may be: 64 KiB. */
    public static final int LARGEST = 1 << 16;

    private static final int MOST_FIELDS = 500;
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?:^|[;\\s])name=(?:\"([^\"]*)\"|([^;\\s]*))");

    /** Copies the fields. */
    public Form {
        var copy = new TreeMap<String, List<String>>();
        fields.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        fields = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads a body.
     *
     * @param request what came
     * @return the fields; empty if it is no form, larger than {@link #LARGEST}, or cannot be read
     */
    public static Optional<Form> of(RawCallback request) {
        String type = request.header("Content-Type").orElse("");
        String media = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (request.body().length > LARGEST) {
            return Optional.empty();
        }
        return switch (media) {
            case "application/x-www-form-urlencoded" -> urlencoded(text(request));
            case "multipart/form-data" -> boundary(type).flatMap(boundary -> multipart(text(request), boundary));
            default -> Optional.empty();
        };
    }

    /**
     * A field's first value.
     *
     * @param name the field
     * @return the value; empty if it is not there
     */
    public String first(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    /**
     * All values of a field.
     *
     * @param name the field
     * @return the values, in the order in which they came
     */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    private static String text(RawCallback request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static Optional<Form> urlencoded(String body) {
        var fields = new TreeMap<String, List<String>>();
        try {
            for (String pair : body.isEmpty() ? new String[0] : body.split("&", MOST_FIELDS + 1)) {
                String[] parts = pair.split("=", 2);
                add(fields, decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
            }
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        return fields.size() > MOST_FIELDS ? Optional.empty() : Optional.of(new Form(fields));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Optional<String> boundary(String type) {
        Matcher found = BOUNDARY.matcher(type);
        return found.find() ? Optional.of(found.group(1) == null ? found.group(2) : found.group(1)) : Optional.empty();
    }

    /** Parts without a name, and files, are no fields of ours. */
    private static Optional<Form> multipart(String body, String boundary) {
        var fields = new TreeMap<String, List<String>>();
        String[] parts = ("\r\n" + body).split(Pattern.quote("\r\n--" + boundary), MOST_FIELDS + 2);
        if (parts.length < 2 || !parts[parts.length - 1].startsWith("--")) {
            return Optional.empty();
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int end = parts[i].indexOf("\r\n\r\n");
            if (end < 0) {
                return Optional.empty();
            }
            Matcher name = NAME.matcher(parts[i].substring(0, end));
            if (name.find()) {
                add(fields, name.group(1) == null ? name.group(2) : name.group(1), parts[i].substring(end + 4));
            }
        }
        return Optional.of(new Form(fields));
    }

    private static void add(Map<String, List<String>> fields, String name, String value) {
        fields.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    }
}

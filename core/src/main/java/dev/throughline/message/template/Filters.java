// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import dev.throughline.message.template.BuiltIn.Call;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.core.DefaultFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The filters for texts and lists. Pebble's own change the model in place, use the default locale and zone, or run regular expressions. */
final class Filters {
    private static final int LONGEST = 10_000;

    private Filters() {}

    static Map<String, Filter> all() {
        var filters = new HashMap<String, Filter>();
        // Pebble lets this very class, and no other, take a missing variable as its input.
        filters.put("default", new DefaultFilter());
        for (BuiltIn filter : builtIn()) {
            filters.put(filter.name(), filter);
        }
        for (BuiltIn filter : Formats.all()) {
            filters.put(filter.name(), filter);
        }
        return Map.copyOf(filters);
    }

    private static List<BuiltIn> builtIn() {
        return List.of(
                new BuiltIn("upper", (in, call) -> call.text(in)
                        .toUpperCase(call.rendering().getLocale())),
                new BuiltIn("lower", (in, call) -> call.text(in)
                        .toLowerCase(call.rendering().getLocale())),
                new BuiltIn("capitalize", Filters::capitalize),
                new BuiltIn("trim", (in, call) -> call.text(in).strip()),
                new BuiltIn("abbreviate", Filters::abbreviate, "length"),
                new BuiltIn("replace", Filters::replace, "old", "new"),
                new BuiltIn("length", Filters::length),
                new BuiltIn("first", (in, call) -> element(list(in, call), 0, call)),
                new BuiltIn(
                        "last",
                        (in, call) -> element(list(in, call), list(in, call).size() - 1, call)),
                new BuiltIn("join", Filters::join, "separator"),
                new BuiltIn("escape", List.of("strategy"), 0, Filters::knowsStrategy, Filters::escape));
    }

    private static String capitalize(Object input, Call call) {
        String text = call.text(input);
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + text.substring(Character.charCount(first));
    }

    /** Cuts to a number of characters, three dots included; dots, because the one character for them turns an SMS into UCS-2. */
    private static String abbreviate(Object input, Call call) {
        String text = call.text(input);
        int length = call.whole("length", 1, LONGEST);
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        String dots = length > 3 ? "..." : "";
        return text.substring(0, text.offsetByCodePoints(0, length - dots.length())) + dots;
    }

    private static String replace(Object input, Call call) {
        String text = call.text(input);
        String part = call.argument("old");
        if (part.isEmpty()) {
            throw call.refusal("old is empty, expected the text to replace");
        }
        call.rendering().work((long) text.length() * part.length() / 16, call.line());
        String replacement = call.argument("new");
        long longest = (long) text.length() / part.length() * replacement.length() + text.length();
        call.rendering().room(longest, call.line());
        return text.replace(part, replacement);
    }

    private static Object length(Object input, Call call) {
        if (input instanceof List<?> list) {
            return list.size();
        }
        if (input instanceof Map<?, ?> map) {
            return map.size();
        }
        String text = call.text(input);
        return text.codePointCount(0, text.length());
    }

    private static List<?> list(Object input, Call call) {
        if (input instanceof List<?> list) {
            return list;
        }
        throw call.refusal("applied to " + Values.kind(input) + ", expected a list");
    }

    private static Object element(List<?> list, int place, Call call) {
        Object element = list.isEmpty() ? null : list.get(place);
        if (element == null) {
            throw new Missing(call.filter(), call.line());
        }
        return element;
    }

    private static String join(Object input, Call call) {
        String separator = call.argument("separator");
        var joined = new StringBuilder();
        for (Object element : list(input, call)) {
            String text = element == null ? "" : call.text(element);
            call.rendering().room((long) joined.length() + separator.length() + text.length(), call.line());
            joined.append(joined.isEmpty() ? "" : separator).append(text);
        }
        return joined.toString();
    }

    private static void knowsStrategy(String strategy, ContentType type, int line) {
        if (!strategy.equals("url_param") && !(strategy.equals("html") && type == ContentType.HTML)) {
            throw new Refusal(
                    line,
                    "filter escape: unknown strategy \"" + strategy + "\" for " + type + ", expected \"url_param\""
                            + (type == ContentType.HTML ? " or \"html\"" : ""));
        }
    }

    /** HTML is escaped where a value is written, so "html" has nothing left to do here. */
    private static String escape(Object input, Call call) {
        String text = call.text(input);
        if (!call.has("strategy") || call.argument("strategy").equals("html")) {
            return text;
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

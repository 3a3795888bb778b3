// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts findings into words, in English and Vietnamese. The default locale plays no part. */
public final class Reasons {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern OPTIONAL = Pattern.compile("<([^<>]*)>");
    private static final Map<String, Map<String, String>> TEXTS = Map.of("en", read("en"), "vi", read("vi"));

    private Reasons() {}

    /**
     * A finding in one sentence without a full stop, with its rule at the end.
     *
     * @param finding the finding
     * @param locale Vietnamese, or any other for English
     * @return the sentence; for a code of another version the code and its values
     */
    public static String text(Finding finding, Locale locale) {
        String template = texts(locale).get(finding.reason());
        String said = template == null ? finding.reason() + " " + finding.values() : filled(template, finding.values());
        return finding.rule().isEmpty() ? said : said + " [" + finding.rule() + "]";
    }

    /**
     * Whether a code has a text of its own in a language.
     *
     * @param reason the code
     * @param locale the language
     * @return whether
     */
    public static boolean has(Reason reason, Locale locale) {
        return TEXTS.getOrDefault(locale.getLanguage(), Map.of()).containsKey(reason.name());
    }

    /** A part in angle brackets is said only if all its values are known; elsewhere a dash stands for a missing one. */
    private static String filled(String template, Map<String, String> values) {
        String chosen = OPTIONAL.matcher(template)
                .replaceAll(part -> Matcher.quoteReplacement(isKnown(part.group(1), values) ? part.group(1) : ""));
        return PLACEHOLDER
                .matcher(chosen)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "–")));
    }

    private static boolean isKnown(String part, Map<String, String> values) {
        return PLACEHOLDER.matcher(part).results().noneMatch(found -> values.getOrDefault(found.group(1), "")
                .isEmpty());
    }

    private static Map<String, String> texts(Locale locale) {
        return TEXTS.getOrDefault(locale.getLanguage(), TEXTS.getOrDefault("en", Map.of()));
    }

    private static Map<String, String> read(String language) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Json.resource("reasons_" + language + ".properties")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("texts in " + language + " cannot be read", unreadable);
        }
        var texts = new TreeMap<String, String>();
        properties.forEach((code, text) -> texts.put((String) code, (String) text));
        return texts;
    }
}

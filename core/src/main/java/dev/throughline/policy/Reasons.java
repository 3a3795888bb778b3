// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts findings into words, in English and Vietnamese. The default locale plays no part. */
public final class Reasons {

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final Pattern DURATION = Pattern.compile("PT(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}S)?(?<!T)");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern OPTIONAL = Pattern.compile("<([^<>]*)>");
    private static final Map<String, Map<String, String>> TEXTS = Map.of("en", read("en"), "vi", read("vi"));

    private Reasons() {}

    /**
     * A finding for people: the check's name, and {@link #text} with instants as minutes in a zone and times in hours.
     *
     * @param finding the finding
     * @param locale Vietnamese, or any other for English
     * @param zone in which instants are told
     * @return such as {@code hours: 2026-11-23 10:00 in Asia/Ho_Chi_Minh is within the allowed hours [vn.sms.window]}
     */
    public static String line(Finding finding, Locale locale, ZoneId zone) {
        var readable = new TreeMap<String, String>();
        finding.values().forEach((name, value) -> readable.put(name, readable(value, locale, zone)));
        var told = new Finding(finding.check(), finding.rule(), finding.outcome(), finding.reason(), readable);
        return texts(locale).getOrDefault("check." + finding.check(), finding.check()) + ": " + text(told, locale);
    }

    private static String readable(String value, Locale locale, ZoneId zone) {
        if (INSTANT.matcher(value).matches()) {
            return MINUTE.format(Instant.parse(value).atZone(zone));
        }
        return DURATION.matcher(value).matches()
                ? readable(Duration.parse(value), locale)
                : texts(locale).getOrDefault("calendar." + value, value);
    }

    static String readable(Duration time, Locale locale) {
        long minutes = time.toMinutes();
        if (!time.equals(Duration.ofMinutes(minutes))) {
            return time.toString();
        }
        long hours = minutes % 60 == 0 ? minutes / 60 : 0;
        boolean days = hours > 48 && hours % 24 == 0;
        String unit = hours == 0 ? "unit.minutes" : days ? "unit.days" : "unit.hours";
        long number = hours == 0 ? minutes : days ? hours / 24 : hours;
        return filled(texts(locale).getOrDefault(unit, "{number}"), Map.of("number", String.valueOf(number)));
    }

    /**
     * A finding in one sentence without a full stop, with its rule at the end; its values are told as they are.
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
    static String filled(String template, Map<String, String> values) {
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
        return Resources.texts("reasons_" + language + ".properties");
    }
}

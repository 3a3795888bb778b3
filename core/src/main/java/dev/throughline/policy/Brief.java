// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A policy in sentences, for a lawyer who reads no JSON: what each rule demands, of which messages, and where it was read. */
final class Brief {

    private static final Map<String, Map<String, String>> TEXTS =
            Map.of("en", Resources.texts("brief_en.properties"), "vi", Resources.texts("brief_vi.properties"));

    private final Locale locale;
    private final Map<String, String> texts;

    private Brief(Locale locale) {
        this.locale = locale;
        this.texts = TEXTS.getOrDefault(locale.getLanguage(), TEXTS.getOrDefault("en", Map.of()));
    }

    static String of(List<Sheet> sheets, Locale locale) {
        var brief = new Brief(locale);
        return sheets.stream()
                .filter(sheet -> !sheet.rules().isEmpty())
                .map(brief::told)
                .collect(Collectors.joining("\n"));
    }

    private String told(Sheet sheet) {
        var lines = new ArrayList<String>();
        lines.add(sentence(
                "policy",
                Map.of(
                        "id",
                        sheet.id(),
                        "version",
                        sheet.version(),
                        "status",
                        sheet.status(),
                        "read",
                        sheet.verifiedOn())));
        lines.add("  " + applies(sheet));
        sheet.rules().forEach(rule -> lines.addAll(told(rule)));
        return String.join("\n", lines) + "\n";
    }

    private String applies(Sheet sheet) {
        if (sheet.appliesIf().isEmpty()) {
            return word("always");
        }
        var values = new TreeMap<String, List<String>>();
        sheet.appliesIf().forEach(one -> values.computeIfAbsent(one.attribute(), any -> new ArrayList<>())
                .add(one.value()));
        String how = values.entrySet().stream()
                .map(one -> sentence(one.getKey(), Map.of("values", one.getValue())))
                .collect(Collectors.joining(word("or")));
        return sentence("applies", Map.of("how", how));
    }

    private List<String> told(Rule rule) {
        return List.of(
                "",
                rule.id() + ": " + about(rule.when()),
                "  " + sentence(rule.kind(), rule.clause().told()),
                "  " + source(rule));
    }

    private String about(When when) {
        String classes = when.classes().isEmpty() ? word("every.class") : said(when.classes());
        String channels = when.channels().isEmpty() ? word("every.channel") : said(when.channels());
        String topics = when.topics().isEmpty() ? "" : ", " + said(when.topics());
        return classes + ", " + channels + topics;
    }

    private String source(Rule rule) {
        Ref ref = rule.ref();
        return sentence(
                "source",
                Map.of(
                        "law", ref.law(),
                        "article", ref.article(),
                        "confidence", "confidence." + ref.confidence(),
                        "read", rule.verifiedOn(),
                        "note", ref.note(locale),
                        "counts", rule.live() ? "" : "sleeps"));
    }

    private String sentence(String key, Map<String, ?> values) {
        var said = new TreeMap<String, String>();
        values.forEach((name, value) -> said.put(name, said(value)));
        return Reasons.filled(texts.getOrDefault(key, key), said).strip();
    }

    /** Lists within a list are alternatives. */
    private String said(@Nullable Object value) {
        if (value instanceof List<?> list) {
            boolean alternatives = list.stream().anyMatch(List.class::isInstance);
            return list.stream().map(this::said).collect(Collectors.joining(alternatives ? word("or") : ", "));
        }
        if (value instanceof Duration time) {
            return time.isZero() ? "" : Reasons.readable(time, locale);
        }
        return value instanceof Period time ? said(time) : word(String.valueOf(value));
    }

    private String said(Period time) {
        var parts = new ArrayList<String>();
        part(time.getYears(), "years", parts);
        part(time.getMonths(), "months", parts);
        part(time.getDays(), "days", parts);
        return String.join(" ", parts);
    }

    private void part(int number, String unit, List<String> parts) {
        if (number != 0) {
            parts.add(Reasons.filled(texts.getOrDefault(unit, "{number}"), Map.of("number", String.valueOf(number))));
        }
    }

    /** A word that no text explains stands for itself. */
    private String word(String code) {
        return texts.getOrDefault("word." + code, code);
    }
}

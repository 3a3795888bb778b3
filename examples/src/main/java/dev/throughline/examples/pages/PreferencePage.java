// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.pages;

import static dev.throughline.examples.pages.PageWords.escaped;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.channel.CallbackAnswer;
import dev.throughline.consent.Notice;
import dev.throughline.consent.Wish;
import dev.throughline.link.Page;
import dev.throughline.preference.PreferenceCentre;
import dev.throughline.preference.PreferenceCentre.ChannelChoice;
import dev.throughline.preference.PreferenceCentre.State;
import dev.throughline.preference.PreferenceFields;
import dev.throughline.preference.PreferenceVisit;
import dev.throughline.preference.PreferenceVisit.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The preference centre as HTML: forms, labels and headings, and nothing that runs. */
final class PreferencePage {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final String STYLE = style();

    private final PageWords words;
    private final PreferenceCentre centre;

    private PreferencePage(PageWords words, PreferenceCentre centre) {
        this.words = words;
        this.centre = centre;
    }

    static CallbackAnswer of(PreferenceVisit visit) {
        PageWords words = PageWords.in(visit.language());
        PreferenceCentre centre = visit.centre();
        String key = visit.kind().name().toLowerCase(Locale.ROOT);
        String body = centre == null
                ? "<h1>" + words.say(key + ".title") + "</h1><p class=\"lead\">" + words.say(key) + "</p>"
                : new PreferencePage(words, centre).body(visit);
        String title = centre == null ? words.say(key + ".title") : words.say("title");
        return new CallbackAnswer(
                visit.kind().status(), "text/html; charset=utf-8", html(words, title, body), Page.HEADERS);
    }

    private static String html(PageWords words, String title, String body) {
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s – %s</title>
                <style>%s</style>
                </head>
                <body>
                <a class="skip" href="#choices">%s</a>
                <header><p class="brand">%s</p><nav aria-label="%s">%s%s</nav></header>
                <main id="choices">%s</main>
                </body>
                </html>
                """.formatted(
                        words.language(),
                        title,
                        escaped(PreferencePages.BRAND.name()),
                        STYLE,
                        words.say("skip"),
                        escaped(PreferencePages.BRAND.name()),
                        words.say("languages"),
                        switching(words, "vi", "Tiếng Việt"),
                        switching(words, "en", "English"),
                        body);
    }

    private static String switching(PageWords words, String language, String name) {
        String current = words.language().equals(language) ? " aria-current=\"true\"" : "";
        return "<a href=\"?lang=" + language + "\" lang=\"" + language + "\" hreflang=\"" + language + "\"" + current
                + ">" + name + "</a>";
    }

    private String body(PreferenceVisit visit) {
        String channels = centre.channels().stream().map(this::channel).collect(Collectors.joining());
        return "<h1>" + words.say("title") + "</h1><p class=\"lead\">" + words.say("lead") + "</p>" + note(visit)
                + (channels.isEmpty() ? "<p>" + words.say("none") + "</p>" : form(channels) + stop());
    }

    private String note(PreferenceVisit visit) {
        if (visit.kind() == Kind.SHOWN) {
            return "";
        }
        boolean good = visit.kind() == Kind.SAVED || visit.kind() == Kind.UNCHANGED;
        Instant after = visit.choice() == null ? null : visit.choice().after();
        String said = words.say(visit.kind().name().toLowerCase(Locale.ROOT), clock(after));
        return "<p class=\"note" + (good ? "" : " bad") + "\" role=\"" + (good ? "status" : "alert") + "\">" + said
                + "</p>";
    }

    private static String clock(@Nullable Instant instant) {
        ZoneId zone = PreferencePages.BRAND.zone();
        return instant == null ? "" : MINUTE.format(instant.plusSeconds(60).atZone(zone));
    }

    private String form(String channels) {
        return "<form method=\"post\">" + hidden(PreferenceFields.VERSION, centre.version()) + channels + language()
                + "<p class=\"words\">" + words.say("agree") + " <q>" + escaped(notice().text()) + "</q></p>"
                + "<button>" + words.say("save") + "</button></form>";
    }

    private Notice notice() {
        return Objects.requireNonNull(centre.menu().notices().get(centre.shownIn()));
    }

    private String channel(ChannelChoice choice) {
        String name = choice.channel().written();
        boolean blocked = choice.state() == State.BLOCKED;
        return "<fieldset><legend>" + words.say("channel." + name) + "</legend><p class=\"to\">"
                + words.say("to", choice.address()) + "</p>"
                + (blocked ? "<p>" + words.say("blocked") + "</p>" : "")
                + box(
                        "main",
                        PreferenceFields.CHANNEL,
                        name,
                        words.say("channel." + name + ".yes"),
                        choice.isChosen(),
                        blocked)
                + (choice.state() == State.PENDING ? "<p>" + words.say("pending") + "</p>" : "")
                + "<div class=\"inner\">" + topics(choice) + "<div class=\"columns\">"
                + select(
                        "frequency",
                        PreferenceFields.frequency(choice),
                        choice.frequencies(centre.menu()),
                        choice.frequency(),
                        this::often)
                + select(
                        "hours",
                        PreferenceFields.hours(choice),
                        choice.hours(centre.menu()),
                        choice.times(),
                        this::when)
                + "</div></div></fieldset>";
    }

    private String topics(ChannelChoice choice) {
        String id = "topics-" + choice.channel().written();
        return "<div role=\"group\" aria-labelledby=\"" + id + "\"><span class=\"name\" id=\"" + id + "\">"
                + words.say("topics") + "</span>"
                + choice.topics().stream()
                        .map(each -> box(
                                "",
                                PreferenceFields.topics(choice),
                                each.topic().id(),
                                escaped(each.topic().name(words.language())),
                                each.chosen(),
                                false))
                        .collect(Collectors.joining())
                + "</div>";
    }

    private static String box(String kind, String field, String value, String label, boolean on, boolean disabled) {
        return "<label class=\"check " + kind + "\"><input type=\"checkbox\" name=\"" + escaped(field) + "\" value=\""
                + escaped(value) + "\"" + (on ? " checked" : "") + (disabled ? " disabled" : "") + "><span>" + label
                + "</span></label>";
    }

    private String select(String label, String field, List<Wish> wishes, Wish chosen, Function<Wish, String> said) {
        var options = new StringBuilder();
        for (Wish wish : wishes) {
            options.append("<option value=\"")
                    .append(escaped(PreferenceFields.code(wish)))
                    .append(wish.equals(chosen) ? "\" selected>" : "\">")
                    .append(said.apply(wish))
                    .append("</option>");
        }
        return "<label><span class=\"name\">" + words.say(label) + "</span><select name=\"" + escaped(field) + "\">"
                + options + "</select></label>";
    }

    private String often(Wish wish) {
        String key =
                switch ((int) wish.within().toHours()) {
                    case 0 -> "any";
                    case 24 -> "day";
                    case 168 -> "week";
                    case 720 -> "month";
                    default -> "hours";
                };
        return words.say("frequency." + key, wish.most());
    }

    private String when(Wish wish) {
        return wish.hasHours() ? minute(wish.from()) + "–" + minute(wish.to()) : words.say("hours.any");
    }

    private static String minute(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private String language() {
        String options = centre.menu().notices().keySet().stream()
                .map(tag -> "<option value=\"" + escaped(tag) + "\""
                        + (tag.equals(centre.language()) ? " selected>" : ">") + words.say("language." + tag)
                        + "</option>")
                .collect(Collectors.joining());
        return "<fieldset><legend>" + words.say("language") + "</legend><select name=\"" + PreferenceFields.LANGUAGE
                + "\" aria-label=\"" + words.say("language") + "\">" + options + "</select></fieldset>";
    }

    /** The same form with no box ticked and all else as it is. */
    private String stop() {
        if (centre.channels().stream().noneMatch(ChannelChoice::isChosen)) {
            return "";
        }
        String fields = centre.channels().stream()
                .map(each -> hidden(PreferenceFields.frequency(each), PreferenceFields.code(each.frequency()))
                        + hidden(PreferenceFields.hours(each), PreferenceFields.code(each.times())))
                .collect(Collectors.joining());
        return "<form class=\"stop\" method=\"post\"><h2>" + words.say("stop.title") + "</h2><p>"
                + words.say("stop.text") + "</p>" + hidden(PreferenceFields.VERSION, centre.version())
                + hidden(PreferenceFields.LANGUAGE, centre.language()) + fields + "<button class=\"second\">"
                + words.say("stop") + "</button></form>";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) + "\">";
    }

    private static String style() {
        try (var in = Objects.requireNonNull(PreferencePage.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

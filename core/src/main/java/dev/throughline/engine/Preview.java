// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.TemplateContent;
import dev.throughline.customer.Profile;
import dev.throughline.decision.Outlook;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.message.Message;
import dev.throughline.message.Rendition;
import dev.throughline.policy.Finding;
import dev.throughline.policy.Outcome;
import dev.throughline.policy.Reasons;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message would say to somebody, on each channel and in each of its languages, and whether it might leave now. Nothing is recorded
 * or sent for it, and no pool is touched. {@link #toString} is for people.
 *
 * @param message the message's name
 * @param hash its content hash
 * @param sheets one for each channel and wording; on each channel hers comes first
 * @param zone in which instants are told
 */
public record Preview(String message, String hash, List<Sheet> sheets, ZoneId zone) {

    private static final Pattern TAGS =
            Pattern.compile("<(style|head|title)\\b.*?</\\1>|<!--.*?-->|<[^>]*>", Pattern.DOTALL);
    private static final int SHOWN = 90;

    /** Copies the list. */
    public Preview {
        sheets = List.copyOf(sheets);
    }

    /**
     * One wording on one channel.
     *
     * @param channel the channel
     * @param language the language it is worded in; empty for the wording for everybody
     * @param to the address it would go to, or {@code null} if she has none on the channel
     * @param rendition what filling it in gave, without what the law puts into it
     * @param outlook what the checks make of it, or {@code null} if it cannot be filled in, or there is nothing to check it against
     */
    public record Sheet(
            Channel channel,
            String language,
            @Nullable Address to,
            Rendition rendition,
            @Nullable Outlook outlook) {

        /**
         * As it would leave.
         *
         * @return the content, or {@code null} if there is none
         */
        public @Nullable Content content() {
            if (outlook != null) {
                return outlook.content();
            }
            return rendition instanceof Rendition.Ready ready ? ready.content() : null;
        }

        /**
         * What would become of it now.
         *
         * @return such as {@code SENT}, {@code SKIPPED(NO_CONSENT)}, {@code DEFERRED(OUTSIDE_HOURS)}, {@code SKIPPED(NO_ADDRESS)}; empty if
         *     nothing was checked
         */
        public String outcome() {
            if (rendition instanceof Rendition.Aborted) {
                return "SKIPPED(ABORTED)";
            }
            if (rendition instanceof Rendition.Failed) {
                return "FAILED(RENDER_FAILED)";
            }
            if (outlook == null) {
                return to == null ? "SKIPPED(NO_ADDRESS)" : "";
            }
            if (outlook.verdict() != null) {
                return outlook.verdict().toString();
            }
            return outlook.deferral() == null
                    ? "SENT"
                    : "DEFERRED(" + outlook.deferral().reason() + ")";
        }

        /**
         * What mail programs show beside the subject: how the body begins.
         *
         * @return at most 90 characters; empty if it is no mail
         */
        public String preheader() {
            if (!(content() instanceof EmailContent mail)) {
                return "";
            }
            String words = mail.text().isEmpty() ? plain(mail.html()) : mail.text();
            String line = words.strip().replaceAll("\\s+", " ");
            return line.substring(0, Math.min(line.length(), SHOWN));
        }
    }

    private static String plain(String html) {
        return TAGS.matcher(html)
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /**
     * What a message says to somebody of whom only this is known: without law, addresses and engine.
     *
     * @param message the message
     * @param traits hers; {@code language} and {@code timezone} count
     * @param event properties of the event that starts the journey
     * @return the preview, whose sheets have no outlook
     */
    public static Preview of(Message message, Map<String, ?> traits, Map<String, ?> event) {
        return of(message, traits, Sample.event(event));
    }

    /**
     * What a message says to somebody of whom only this is known: without law, addresses and engine.
     *
     * @param message the message
     * @param traits hers; {@code language} and {@code timezone} count
     * @param sample what starts the journey and is found in it
     * @return the preview, whose sheets have no outlook
     */
    public static Preview of(Message message, Map<String, ?> traits, Sample sample) {
        var hers = sample.of(new Profile(traits));
        Object language = hers.traits().get("language");
        Object zone = hers.traits().get("timezone");
        ZoneId clock = zone == null ? message.brand().zone() : ZoneId.of(zone.toString());
        Locale locale = Locale.forLanguageTag(language == null ? message.brand().language() : language.toString());
        var model = sample.model();
        model.putAll(Map.of("customer", hers.traits(), "basket", Map.of(), "order", Map.of()));
        return of(message, locale, clock, (channel, wanted) -> {
            Rendition rendition = message.render(channel, model, wanted, clock);
            return new Sheet(channel, message.language(channel, wanted), null, rendition, null);
        });
    }

    /** All wordings, each drawn by a locale that it is chosen for; on each channel hers is the first. */
    static Preview of(Message message, Locale hers, ZoneId zone, BiFunction<Channel, Locale, Sheet> drawn) {
        var sheets = new ArrayList<Sheet>();
        for (Channel channel : message.channels()) {
            var seen = new TreeSet<String>();
            var locales = new ArrayList<Locale>(List.of(hers));
            message.languages(channel).forEach(tag -> locales.add(Locale.forLanguageTag(tag)));
            locales.add(Locale.ROOT);
            for (Locale locale : locales) {
                if (seen.add(message.language(channel, locale))) {
                    sheets.add(drawn.apply(channel, locale));
                }
            }
        }
        return new Preview(message.name(), message.hash(), sheets, zone);
    }

    /**
     * The sheet that she would get.
     *
     * @param channel over which channel
     * @return the first one of the channel
     * @throws java.util.NoSuchElementException if the message has no wording for it
     */
    public Sheet on(Channel channel) {
        return sheets.stream()
                .filter(sheet -> sheet.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    /** For people: what each would say, and what speaks against it. */
    @Override
    public String toString() {
        var text = new StringBuilder("message '" + message + "' " + hash + "\n");
        sheets.forEach(sheet -> tell(sheet, text));
        return text.toString();
    }

    private void tell(Sheet sheet, StringBuilder text) {
        text.append("\n").append(sheet.channel());
        if (!sheet.language().isEmpty()) {
            text.append(" in ").append(sheet.language());
        }
        if (sheet.to() != null) {
            text.append(" to ").append(sheet.to().value());
        }
        text.append(sheet.outcome().isEmpty() ? "" : ": " + sheet.outcome()).append("\n");
        said(sheet).lines().forEach(line -> text.append("    ").append(line).append("\n"));
        Outlook outlook = sheet.outlook();
        if (outlook != null) {
            measure(outlook.preparation(), text);
            outlook.findings().forEach(finding -> tell(finding, text));
        }
    }

    private static String said(Sheet sheet) {
        if (sheet.rendition() instanceof Rendition.Aborted aborted) {
            return aborted.reason();
        }
        if (sheet.rendition() instanceof Rendition.Failed failed) {
            return failed.error();
        }
        Content content = Objects.requireNonNull(sheet.content());
        if (content instanceof EmailContent mail) {
            return "Subject: " + mail.subject() + "\nPreheader: " + sheet.preheader() + "\n\n" + mail.html();
        }
        return content instanceof TemplateContent template
                ? template.headline() + " " + template.parameters()
                : content.headline();
    }

    private static void measure(@Nullable Preparation preparation, StringBuilder text) {
        if (preparation == null) {
            return;
        }
        text.append("  segments: ").append(preparation.segments());
        if (preparation.cost() != null) {
            text.append(", price: ").append(preparation.cost());
        }
        text.append("\n");
        preparation
                .warnings()
                .forEach(warning -> text.append("  warning: ").append(warning).append("\n"));
    }

    private void tell(Finding finding, StringBuilder text) {
        boolean against = finding.outcome() == Outcome.DENY || finding.outcome() == Outcome.DEFER;
        text.append(against ? "  ✗ " : "  · ")
                .append(Reasons.line(finding, Locale.ENGLISH, zone))
                .append("\n");
    }
}

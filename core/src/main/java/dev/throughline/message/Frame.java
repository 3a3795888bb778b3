// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.channel.EmailContent;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Kit;
import dev.throughline.identity.Layout;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.template.ContentType;
import dev.throughline.message.template.Rendered;
import dev.throughline.message.template.Template;
import dev.throughline.message.template.Templates;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A layout with its templates compiled, which puts mails into it. Immutable. */
final class Frame {

    private static final Set<String> ROOTS = Set.of("brand", "content", "customer", "language", "subject");
    private static final Pattern WHOLE = Pattern.compile("<(!doctype|html|body|head)\\b", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final Template html;
    private final @Nullable Template text;

    private Frame(String name, Template html, @Nullable Template text) {
        this.name = name;
        this.html = html;
        this.text = text;
    }

    static Frame of(Brand brand, Layout layout) {
        String name = "layout '" + layout.name() + "' of brand '" + brand.name() + "'";
        Template html = Templates.compile(name, layout.html(), ContentType.LAYOUT);
        Template text =
                layout.text().isEmpty() ? null : Templates.compile(name + " text", layout.text(), ContentType.LINES);
        check(name, html);
        if (text != null) {
            check(name, text);
        }
        return new Frame(name, html, text);
    }

    private static void check(String name, Template template) {
        for (String variable : template.variables()) {
            String[] steps = variable.split("[.\\[]", 3);
            boolean known = ROOTS.contains(steps[0])
                    && (!steps[0].equals("brand") || (steps.length > 1 && Kit.NAMES.contains(steps[1])));
            if (!known) {
                throw new ThroughlineException(name + ": placeholder " + variable
                        + ", expected content, customer (a trait of hers), subject, language or brand. and one of "
                        + sorted(Kit.NAMES));
            }
        }
    }

    private static Set<String> sorted(Set<String> names) {
        return new TreeSet<>(names);
    }

    /** A page cannot be put into a page. */
    void check(String message, Draft.Mail mail) {
        var whole = WHOLE.matcher(mail.html());
        if (whole.find()) {
            throw new ThroughlineException("message '" + message + "': its html has " + whole.group()
                    + "> and would be put into " + name + ", expected what stands in its body, or withoutLayout()");
        }
    }

    /** What templates find under {@code brand}. */
    static Map<String, Object> model(Brand brand) {
        Kit kit = brand.kit();
        var model = new TreeMap<String, Object>();
        model.put("name", brand.name());
        put(model, "address", brand.postalAddress());
        put(model, "colour", kit.colours().getOrDefault(Kit.MAIN, ""));
        put(model, "logo", kit.logo());
        put(model, "font", kit.font());
        model.put("colours", kit.colours());
        model.put("lines", kit.lines());
        return model;
    }

    private static void put(Map<String, Object> model, String name, String value) {
        if (!value.isEmpty()) {
            model.put(name, value);
        }
    }

    /** The mail within the layout; a plain text that is made from the HTML is made from all of it. */
    Rendition around(EmailContent mail, Map<String, ?> model, Locale locale, ZoneId zone, boolean lenient) {
        var more = new LinkedHashMap<String, Object>(model);
        more.put("content", mail.html());
        more.put("subject", mail.subject());
        more.put("language", locale.toLanguageTag());
        Rendered page = html.render(more, locale, zone, lenient);
        if (!(page instanceof Rendered.Done done)) {
            return refused(page);
        }
        if (text == null || mail.text().isEmpty()) {
            return new Rendition.Ready(new EmailContent(mail.subject(), done.text(), mail.text()));
        }
        more.put("content", mail.text());
        Rendered lines = text.render(more, locale, zone, lenient);
        return lines instanceof Rendered.Done plain
                ? new Rendition.Ready(new EmailContent(mail.subject(), done.text(), plain.text()))
                : refused(lines);
    }

    static Rendition refused(Rendered rendered) {
        return rendered instanceof Rendered.Aborted aborted
                ? new Rendition.Aborted(aborted.reason())
                : new Rendition.Failed(((Rendered.Failed) rendered).error());
    }
}

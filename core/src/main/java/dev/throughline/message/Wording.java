// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.message.template.ContentType;
import dev.throughline.message.template.Rendered;
import dev.throughline.message.template.Template;
import dev.throughline.message.template.Templates;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** A draft with its templates compiled. */
final class Wording {

    private final Draft draft;
    private final List<Template> templates;
    private final BiFunction<List<String>, Locale, Content> assemble;

    private Wording(Draft draft, List<Template> templates, BiFunction<List<String>, Locale, Content> assemble) {
        this.draft = draft;
        this.templates = templates;
        this.assemble = assemble;
    }

    static Wording of(String name, Draft draft) {
        if (draft instanceof Draft.Mail mail) {
            return new Wording(
                    draft,
                    List.of(
                            Templates.compile(name + " subject", mail.subject(), ContentType.SUBJECT),
                            Templates.compile(name + " html", mail.html(), ContentType.HTML),
                            Templates.compile(name + " text", mail.text(), ContentType.TEXT)),
                    (parts, locale) -> new EmailContent(parts.get(0), parts.get(1), parts.get(2)));
        }
        if (draft instanceof Draft.Template template) {
            return template(name, template);
        }
        String text = ((Draft.Text) draft).text();
        return new Wording(
                draft,
                List.of(Templates.compile(name, text, ContentType.TEXT)),
                (parts, locale) -> new TextContent(parts.get(0)));
    }

    private static Wording template(String name, Draft.Template template) {
        var compiled = new ArrayList<Template>();
        template.parameters()
                .forEach((parameter, value) ->
                        compiled.add(Templates.compile(name + " " + parameter, value, ContentType.TEXT)));
        var names = List.copyOf(template.parameters().keySet());
        return new Wording(template, compiled, (parts, locale) -> {
            var filled = new TreeMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                filled.put(names.get(i), parts.get(i));
            }
            return new TemplateContent(template.templateId(), locale.toLanguageTag(), filled);
        });
    }

    Draft draft() {
        return draft;
    }

    Rendition render(Map<String, ?> model, Locale locale, ZoneId zone, boolean lenient) {
        var parts = new ArrayList<String>(templates.size());
        for (Template template : templates) {
            Rendered rendered = template.render(model, locale, zone, lenient);
            if (!(rendered instanceof Rendered.Done done)) {
                return Frame.refused(rendered);
            }
            parts.add(done.text());
        }
        return new Rendition.Ready(assemble.apply(parts, locale));
    }

    Set<String> variables() {
        var all = new TreeSet<String>();
        templates.forEach(template -> all.addAll(template.variables()));
        return all;
    }

    @Override
    public String toString() {
        return draft.toString();
    }
}

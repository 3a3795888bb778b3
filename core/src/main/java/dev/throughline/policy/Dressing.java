// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.html.HtmlPage;
import dev.throughline.identity.Brand;
import dev.throughline.identity.OptOut;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts into content what the law wants in it: a label first, how to refuse last. Doing it twice changes nothing. */
final class Dressing {

    private static final String CHECK = "content";
    private static final Pattern BLANK = Pattern.compile("^[\\p{Z}\\s\\p{Cf}]+");
    private static final Pattern PARAGRAPH = Pattern.compile("<p>(?:[^<]++|<a href=\"[^\"<]*+\">[^<]*+</a>)*+</p>");

    private final Facts facts;
    private final List<Finding> findings = new ArrayList<>();
    private Content content;

    Dressing(Facts facts, Content content) {
        this.facts = facts;
        this.content = content;
    }

    Transformed done() {
        return new Transformed(content, findings.isEmpty() ? Passage.noRule(CHECK) : findings);
    }

    void headers(Rule rule, Clause.Headers wanted) {
        boolean needed = wanted.requires().contains(Clause.Header.LIST_UNSUBSCRIBE_HTTPS)
                || wanted.requires().contains(Clause.Header.LIST_UNSUBSCRIBE_POST);
        if (needed && facts.unsubscribe() == null) {
            deny(rule, Reason.UNSUBSCRIBE_MISSING);
        }
    }

    void label(Rule rule, Clause.Label wanted) {
        if (content instanceof EmailContent mail && wanted.at() == Clause.Place.SUBJECT_START) {
            content = new EmailContent(labelled(rule, wanted, mail.subject()), mail.html(), mail.text());
        } else if (content instanceof TextContent text) {
            content = new TextContent(labelled(rule, wanted, text.text()));
        } else {
            findings.add(Finding.of(CHECK, rule.id(), Outcome.DENY, Reason.LABEL_IMPOSSIBLE)
                    .with("label", wanted.standard()));
        }
    }

    /** A label that another rule has put there, and that this one accepts, stays. */
    private String labelled(Rule rule, Clause.Label wanted, String text) {
        for (String label : wanted.anyOf()) {
            if (text.startsWith(label) && !found(wanted, text.substring(label.length()))) {
                findings.add(Finding.of(CHECK, rule.id(), Outcome.ALLOW, Reason.LABEL_PRESENT)
                        .with("label", label));
                return text;
            }
        }
        boolean elsewhere = found(wanted, text);
        String bare = elsewhere ? without(wanted, text) : text;
        findings.add(
                Finding.of(CHECK, rule.id(), Outcome.TRANSFORM, elsewhere ? Reason.LABEL_MOVED : Reason.LABEL_ADDED)
                        .with("label", wanted.standard()));
        return wanted.standard() + " " + BLANK.matcher(bare).replaceFirst("");
    }

    private static boolean found(Clause.Label wanted, String text) {
        return wanted.anywhere().matcher(text).find();
    }

    private static String without(Clause.Label wanted, String text) {
        return wanted.anywhere().matcher(text).replaceAll(" ").strip();
    }

    void opening(Rule rule, Clause.Opening wanted) {
        price(rule, wanted.requires());
        String said = said(rule, wanted.requires());
        if (content instanceof TextContent text
                && !said.isEmpty()
                && !text.text().startsWith(said)) {
            content = new TextContent(said + ". " + text.text());
            findings.add(Finding.of(CHECK, rule.id(), Outcome.TRANSFORM, Reason.OPENING_ADDED));
        }
    }

    void footer(Rule rule, Clause.Footer wanted) {
        price(rule, wanted.requires());
        var lines = new ArrayList<String>();
        String said = said(rule, wanted.requires());
        if (!said.isEmpty()) {
            lines.add(said);
        }
        if (wanted.requires().contains(Clause.Part.OPT_OUT_HOWTO)) {
            List<OptOut> ways = ways(rule, wanted);
            Wording wording = Wording.in(facts.language());
            if (!ways.isEmpty()) {
                lines.add(content instanceof EmailContent ? wording.longHowto(ways) : wording.shortHowto(ways));
            }
        }
        if (!lines.isEmpty()) {
            append(rule, lines);
        }
    }

    private void price(Rule rule, List<Clause.Part> parts) {
        boolean charged =
                facts.flags().contains(Facts.CHARGED) && !facts.flags().contains(Facts.PRICE_STATED);
        if (charged && parts.contains(Clause.Part.PRICE_IF_CHARGED)) {
            deny(rule, Reason.PRICE_MISSING);
        }
    }

    private String said(Rule rule, List<Clause.Part> parts) {
        var said = new ArrayList<String>();
        if (parts.contains(Clause.Part.SENDER_NAME)) {
            said.add(facts.brand().name());
        }
        if (parts.contains(Clause.Part.POSTAL_ADDRESS)) {
            if (facts.brand().postalAddress().isEmpty()) {
                deny(rule, Reason.POSTAL_ADDRESS_MISSING);
            } else {
                said.add(facts.brand().postalAddress());
            }
        }
        return String.join(", ", said);
    }

    /** The first way of each kind that is wanted; what the brand lacks denies, or is noted where fewer are enough. */
    private List<OptOut> ways(Rule rule, Clause.Footer wanted) {
        var ways = new ArrayList<OptOut>();
        var missing = new LinkedHashSet<OptOut.Means>();
        for (OptOut.Means means : wanted.means()) {
            way(facts.brand(), means).ifPresentOrElse(ways::add, () -> missing.add(means));
        }
        missing(rule, missing, ways.size() < wanted.atLeast() ? Outcome.DENY : Outcome.NOTE);
        return ways;
    }

    private Optional<OptOut> way(Brand brand, OptOut.Means means) {
        String page = facts.unsubscribe();
        return brand.optOuts().stream()
                .filter(way -> way.means() == means)
                .map(way -> means == OptOut.Means.WEB && page != null ? new OptOut(means, page, "") : way)
                .findFirst();
    }

    private void missing(Rule rule, Set<OptOut.Means> means, Outcome outcome) {
        for (OptOut.Means each : means) {
            findings.add(Finding.of(CHECK, rule.id(), outcome, Reason.OPT_OUT_MEANS_MISSING)
                    .with("brand", facts.brand().name())
                    .with("means", each));
        }
    }

    private void append(Rule rule, List<String> lines) {
        Content before = content;
        if (content instanceof EmailContent mail) {
            HtmlPage.of(mail.html()).open().ifPresent(open -> unseen(rule, open));
            content = new EmailContent(mail.subject(), html(mail.html(), lines), plain(mail.text(), lines));
        } else if (content instanceof TextContent text) {
            content = new TextContent(ended(text.text(), String.join("\n", lines)));
        }
        boolean same = content.equals(before);
        findings.add(Finding.of(
                CHECK,
                rule.id(),
                same ? Outcome.ALLOW : Outcome.TRANSFORM,
                same ? Reason.FOOTER_PRESENT : Reason.FOOTER_ADDED));
    }

    private static String ended(String text, String end) {
        return text.endsWith(end) ? text : text.stripTrailing() + "\n" + end;
    }

    /** A mail without a text part has it made from the HTML, footer and all. */
    private static String plain(String text, List<String> lines) {
        return text.isEmpty() ? text : ended(text, "\n" + String.join("\n", lines));
    }

    private static String html(String html, List<String> lines) {
        var footer = new StringBuilder();
        lines.forEach(line -> footer.append("<p>").append(escaped(line)).append("</p>"));
        int end = HtmlPage.of(html).end();
        if (paragraphs(html.substring(0, end)).contains(footer)) {
            return html;
        }
        return html.substring(0, end) + footer + html.substring(end);
    }

    /** The plain paragraphs at the end, where the footers of other rules stand too. */
    private static String paragraphs(String html) {
        int from = html.length();
        int next = html.lastIndexOf("<p>");
        while (next >= 0 && PARAGRAPH.matcher(html.substring(next, from)).matches()) {
            from = next;
            next = from == 0 ? -1 : html.lastIndexOf("<p>", from - 1);
        }
        return html.substring(from);
    }

    private void unseen(Rule rule, String open) {
        findings.add(
                Finding.of(CHECK, rule.id(), Outcome.DENY, Reason.FOOTER_UNSEEN).with("element", open));
    }

    private static String escaped(String text) {
        String safe = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        return safe.replaceAll("https://[^\\s,\"]*[^\\s,\".;]", "<a href=\"$0\">$0</a>");
    }

    private void deny(Rule rule, Reason reason) {
        findings.add(Finding.of(CHECK, rule.id(), Outcome.DENY, reason)
                .with("brand", facts.brand().name()));
    }
}

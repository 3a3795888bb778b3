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

    /** What no style sheet of the mail can take back: what is important in an attribute counts before all rules. Word reads only the first. */
    private static final String SHOWN = ";all:initial !important;visibility:visible !important;opacity:1 !important;"
            + "position:relative !important;left:0 !important;top:0 !important;z-index:2147483647 !important;";

    private static final String PARAGRAPH = "<p style=\"display:block" + SHOWN + "display:block !important;"
            + "max-height:none !important;overflow:visible !important;text-indent:0 !important;margin:1em 0 !important;"
            + "font:14px/1.5 Arial,sans-serif !important;color:#333 !important;background:#fff !important\">";
    private static final String LINK = "<a style=\"display:inline" + SHOWN + "display:inline !important;"
            + "font:inherit !important;color:#03c !important;text-decoration:underline !important\" href=\"";
    private static final Pattern OWN = Pattern.compile(
            Pattern.quote(PARAGRAPH) + "(?:[^<]++|" + Pattern.quote(LINK) + "[^\"<]*+\">[^<]*+</a>)*+</p>");

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
            HtmlPage.of(mail.html()).veil().ifPresent(veil -> unseen(rule, veil));
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
        lines.forEach(line -> footer.append(PARAGRAPH).append(escaped(line)).append("</p>"));
        int end = HtmlPage.of(html).end();
        if (paragraphs(html.substring(0, end)).contains(footer)) {
            return html;
        }
        return html.substring(0, end) + footer + html.substring(end);
    }

    /** Paragraphs of our own at the end, where the footers of other rules stand too; nobody else's are sure to be seen. */
    private static String paragraphs(String html) {
        int from = html.length();
        int next = html.lastIndexOf(PARAGRAPH);
        while (next >= 0 && OWN.matcher(html.substring(next, from)).matches()) {
            from = next;
            next = from == 0 ? -1 : html.lastIndexOf(PARAGRAPH, from - 1);
        }
        return html.substring(from);
    }

    private void unseen(Rule rule, String veil) {
        findings.add(
                Finding.of(CHECK, rule.id(), Outcome.DENY, Reason.FOOTER_UNSEEN).with("element", veil));
    }

    private static String escaped(String text) {
        String safe = text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        return safe.replaceAll("https://[^\\s,\"]*[^\\s,\".;]", LINK + "$0\">$0</a>");
    }

    private void deny(Rule rule, Reason reason) {
        findings.add(Finding.of(CHECK, rule.id(), Outcome.DENY, reason)
                .with("brand", facts.brand().name()));
    }
}

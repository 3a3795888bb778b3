// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** The plain-text alternative of an HTML mail: links keep their targets, lists their marks and tables their rows. */
final class PlainText {

    private static final Set<String> SILENT = Set.of("head", "style", "script", "template", "title", "noscript");
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre");
    private static final Set<String> LINES = Set.of(
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "nav",
            "aside",
            "center",
            "address",
            "form",
            "tr",
            "li",
            "dt",
            "dd",
            "figure",
            "figcaption",
            "caption",
            "fieldset");

    private final StringBuilder out = new StringBuilder();
    private int lineBreaks;
    private boolean space;
    private int listDepth;

    private PlainText() {}

    static String of(Document page) {
        var text = new PlainText();
        text.children(page.body());
        return text.out.toString();
    }

    private static String of(Element cell) {
        var text = new PlainText();
        text.children(cell);
        return text.out.toString();
    }

    private void children(Element parent) {
        for (Node child : parent.childNodes()) {
            if (child instanceof TextNode words) {
                words(words);
            } else if (child instanceof Element element && isShown(element)) {
                element(element);
            }
        }
    }

    private void element(Element element) {
        String name = element.normalName();
        int around = PARAGRAPHS.contains(name) && listDepth == 0
                ? 2
                : LINES.contains(name) || PARAGRAPHS.contains(name) ? 1 : 0;
        breakLines(around);
        switch (name) {
            case "br" -> newLine();
            case "hr" -> rule();
            case "img" -> inline(element.attr("alt"));
            case "a" -> link(element);
            case "ul", "ol" -> list(element);
            case "li" -> item(element);
            case "tr" -> row(element);
            default -> children(element);
        }
        breakLines(around);
    }

    private void link(Element anchor) {
        String target = anchor.attr("href").strip();
        int start = out.length();
        children(anchor);
        String shown = out.substring(Math.min(start, out.length())).strip();
        if (isWorthShowing(target) && !shown.equals(target) && !target.equalsIgnoreCase("mailto:" + shown)) {
            space = space || !shown.isEmpty();
            inline(shown.isEmpty() ? target : "(" + target + ")");
        }
    }

    private static boolean isWorthShowing(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        return lower.startsWith("http:")
                || lower.startsWith("https:")
                || lower.startsWith("mailto:")
                || lower.startsWith("tel:");
    }

    private void list(Element list) {
        listDepth++;
        children(list);
        listDepth--;
    }

    private void item(Element item) {
        Element list = item.parent();
        boolean numbered = list != null && list.normalName().equals("ol");
        append("  ".repeat(Math.max(0, listDepth - 1)) + (numbered ? numberOf(item) + ". " : "- "));
        children(item);
    }

    private static int numberOf(Element item) {
        return 1
                + (int) item.previousElementSiblings().stream()
                        .filter(sibling -> sibling.normalName().equals("li"))
                        .count();
    }

    private void row(Element row) {
        List<String> cells = row.children().stream()
                .filter(PlainText::isShown)
                .map(PlainText::of)
                .filter(cell -> !cell.isBlank())
                .collect(Collectors.toList());
        boolean oneLine = cells.stream().noneMatch(cell -> cell.indexOf('\n') >= 0);
        if (oneLine && !cells.isEmpty()) {
            append(String.join(" | ", cells));
        } else {
            cells.forEach(cell -> {
                breakLines(1);
                append(cell);
            });
        }
    }

    private void rule() {
        breakLines(1);
        append("----------");
        breakLines(1);
    }

    private void words(TextNode node) {
        Element parent = node.parent();
        if (parent != null && parent.closest("pre") != null) {
            node.getWholeText().lines().forEach(line -> {
                append(line);
                breakLines(1);
            });
            return;
        }
        inline(visible(node.getWholeText()));
    }

    /** Runs of white space become one space; a space at the edge waits for what comes next. */
    private void inline(String text) {
        if (text.isEmpty()) {
            return;
        }
        String trimmed = text.strip();
        space |= Character.isWhitespace(text.charAt(0));
        if (!trimmed.isEmpty()) {
            append(trimmed.replaceAll("\\s+", " "));
            space = Character.isWhitespace(text.charAt(text.length() - 1));
        }
    }

    /** No-break spaces become spaces; what has no width, such as the padding of a preview line, goes. */
    private static String visible(String text) {
        return text.replace('\u00A0', ' ').replaceAll("[\u00AD\u034F\u200B-\u200F\u2060\uFEFF]", "");
    }

    private void append(String text) {
        if (out.length() > 0) {
            out.append("\n".repeat(lineBreaks));
            out.append(space && lineBreaks == 0 ? " " : "");
        }
        lineBreaks = 0;
        space = false;
        out.append(text);
    }

    private void newLine() {
        lineBreaks = Math.min(2, lineBreaks + 1);
        space = false;
    }

    private void breakLines(int atLeast) {
        lineBreaks = Math.max(lineBreaks, atLeast);
    }

    private static boolean isShown(Element element) {
        String style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
        return !SILENT.contains(element.normalName())
                && !element.hasAttr("hidden")
                && !style.contains("display:none")
                && !style.contains("visibility:hidden");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Drawing.Box;
import dev.throughline.campaign.Drawing.Link;
import dev.throughline.campaign.Drawing.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A drawing as SVG, in a typeface of the reader's; columns and rows are as wide and high as their longest text. */
final class Svg {

    private static final int COLUMN = 240;
    private static final int GAP = 36;
    private static final int MARGIN = 12;
    private static final int LINE = 16;
    private static final int LONGEST_LINE = 30;

    private final Drawing drawing;
    private final Map<Integer, Integer> tops = new TreeMap<>();
    private final int height;
    private final StringBuilder text = new StringBuilder();

    private Svg(Drawing drawing) {
        this.drawing = drawing;
        var heights = new TreeMap<Integer, Integer>();
        drawing.boxes().forEach(box -> heights.merge(box.row(), height(box), Math::max));
        int top = MARGIN;
        for (var row : heights.entrySet()) {
            tops.put(row.getKey(), top);
            top += row.getValue() + GAP;
        }
        this.height = top - GAP + MARGIN;
    }

    static String of(Drawing drawing) {
        return new Svg(drawing).write();
    }

    private String write() {
        double right = drawing.boxes().stream().mapToDouble(Box::column).max().orElse(1) + 0.5;
        int width = (int) Math.ceil(right * COLUMN) + MARGIN;
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" font-family=\"sans-serif\" font-size=\"12\" text-anchor=\"middle\">\n");
        drawing.links().forEach(this::line);
        drawing.boxes().stream().filter(box -> box.shape() != Shape.PASSAGE).forEach(this::box);
        return text.append("</svg>\n").toString();
    }

    /** Down, across above the target, and down again. */
    private void line(Link link) {
        int fromX = x(link.from());
        int toX = x(link.to());
        int fromY = top(link.from()) + height(link.from());
        int toY = top(link.to());
        boolean forks = !link.label().isEmpty();
        int turn = forks ? fromY + GAP / 3 : toY - GAP / 3;
        text.append("<path fill=\"none\" stroke=\"#667\" d=\"M")
                .append(fromX)
                .append(' ')
                .append(fromY);
        text.append('V')
                .append(turn)
                .append('H')
                .append(toX)
                .append('V')
                .append(toY)
                .append("\"/>\n");
        if (forks) {
            words(toX, toY - GAP / 4, link.label());
        }
    }

    private void box(Box box) {
        boolean round = box.shape() == Shape.EVENT || box.shape() == Shape.END;
        int width = COLUMN - GAP;
        text.append("<rect x=\"").append(x(box) - width / 2).append("\" y=\"").append(top(box));
        text.append("\" width=\"").append(width).append("\" height=\"").append(height(box));
        text.append("\" rx=\"").append(round ? LINE : 3).append("\" stroke=\"#334\" fill=\"");
        text.append(fill(box.shape())).append("\"/>\n");
        List<String> lines = lines(box);
        for (int i = 0; i < lines.size(); i++) {
            words(x(box), top(box) + LINE * (i + 1), lines.get(i));
        }
    }

    private void words(int x, int y, String words) {
        text.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\">");
        text.append(escaped(words)).append("</text>\n");
    }

    private static String fill(Shape shape) {
        return switch (shape) {
            case EVENT, END -> "#eef";
            case WAIT -> "#ffe";
            case CHOICE -> "#efe";
            default -> "#fff";
        };
    }

    private static int x(Box box) {
        return (int) Math.round(box.column() * COLUMN) + MARGIN / 2;
    }

    private int top(Box box) {
        return tops.getOrDefault(box.row(), 0);
    }

    private static int height(Box box) {
        return box.shape() == Shape.PASSAGE ? 0 : lines(box).size() * LINE + LINE / 2;
    }

    /** Broken at blanks, or anywhere in a word that is too long. */
    private static List<String> lines(Box box) {
        var broken = new ArrayList<String>();
        for (String line : box.lines()) {
            String rest = line;
            while (rest.length() > LONGEST_LINE) {
                int blank = rest.lastIndexOf(' ', LONGEST_LINE);
                int at = blank > 0 ? blank : LONGEST_LINE;
                broken.add(rest.substring(0, at));
                rest = rest.substring(at).strip();
            }
            broken.add(rest);
        }
        return broken;
    }

    /** XML knows no control characters. */
    private static String escaped(String words) {
        return words.replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * A journey as boxes in a grid and links between them. Each way of a step has columns of its own, so that a link which goes down in its
 * column and then across above its target crosses no box. Drawn alike on every machine.
 */
final class Drawing {

    /** What a box stands for. */
    enum Shape {
        EVENT,
        WAIT,
        CHOICE,
        ACTION,
        END,
        /** A way without steps, which only leads on. */
        PASSAGE
    }

    /**
     * A box.
     *
     * @param id names it
     * @param lines what is written in it
     * @param column its middle, counted from the left
     * @param row 0 at the top
     */
    record Box(String id, Shape shape, List<String> lines, double column, int row) {}

    /** A link, with what is written on it. */
    record Link(Box from, Box to, String label) {}

    /** Where steps lead on from, and under which label. */
    private record Loose(Box from, String label) {}

    /** Where steps are drawn. */
    private record Area(String path, double left, double width, int top) {}

    private final List<Box> boxes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private Drawing(Campaign campaign) {
        List<Step> steps = campaign.steps();
        var area = new Area("s", 0, width(steps), 1);
        Box start = box("start", Shape.EVENT, StepText.of(campaign.terms().entry()), area, 0);
        List<Loose> loose = draw(steps, area, List.of(new Loose(start, "")));
        if (!loose.isEmpty() || !campaign.terms().exits().isEmpty()) {
            link(loose, box("finish", Shape.END, StepText.ends(campaign), area, bottom() + 1));
        }
    }

    static Drawing of(Campaign campaign) {
        return new Drawing(campaign);
    }

    List<Box> boxes() {
        return boxes;
    }

    List<Link> links() {
        return links;
    }

    /** Draws steps one below the other, and says from where the last of them lead on. */
    private List<Loose> draw(List<Step> steps, Area area, List<Loose> before) {
        List<Loose> loose = before;
        int row = area.top;
        for (int i = 0; i < steps.size(); i++) {
            var here = new Area(area.path + i, area.left, area.width, row);
            loose = draw(steps.get(i), here, loose);
            row = bottom(here) + 1;
        }
        return loose;
    }

    private List<Loose> draw(Step step, Area area, List<Loose> before) {
        Box box = box(area.path, StepText.shape(step), StepText.of(step), area, area.top);
        link(before, box);
        if (step instanceof Step.End) {
            return List.of();
        }
        List<StepText.Way> ways = StepText.ways(step);
        if (ways.isEmpty()) {
            return List.of(new Loose(box, ""));
        }
        var loose = new ArrayList<Loose>();
        double left = area.left + (area.width - width(step)) / 2;
        for (StepText.Way way : ways) {
            double width = width(way.steps());
            var below = new Area(area.path + "w" + ways.indexOf(way) + "_", left, width, area.top + 1);
            loose.addAll(way(way, below, box));
            left += width;
        }
        return loose;
    }

    private List<Loose> way(StepText.Way way, Area area, Box from) {
        var first = List.of(new Loose(from, way.label()));
        if (way.ends()) {
            link(first, box(area.path, Shape.END, List.of("end"), area, area.top));
            return List.of();
        }
        return way.steps().isEmpty() ? passage(area, first) : draw(way.steps(), area, first);
    }

    private List<Loose> passage(Area area, List<Loose> before) {
        Box passage = box(area.path, Shape.PASSAGE, List.of(), area, area.top);
        link(before, passage);
        return List.of(new Loose(passage, ""));
    }

    private Box box(String id, Shape shape, List<String> lines, Area area, int row) {
        var box = new Box(id, shape, lines, area.left + area.width / 2, row);
        boxes.add(box);
        return box;
    }

    private void link(List<Loose> from, Box to) {
        from.forEach(loose -> links.add(new Link(loose.from, to, loose.label)));
    }

    private int bottom() {
        return boxes.stream().mapToInt(Box::row).max().orElse(0);
    }

    private int bottom(Area area) {
        return boxes.stream()
                .filter(box -> box.id.startsWith(area.path))
                .mapToInt(Box::row)
                .max()
                .orElse(area.top);
    }

    private static double width(List<Step> steps) {
        return steps.stream().mapToDouble(Drawing::width).max().orElse(1);
    }

    private static double width(Step step) {
        return Math.max(
                1,
                StepText.ways(step).stream()
                        .mapToDouble(way -> width(way.steps()))
                        .sum());
    }
}

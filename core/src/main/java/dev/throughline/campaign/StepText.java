// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Drawing.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What drawings write on steps, in English. */
final class StepText {

    private StepText() {}

    /**
     * A way that a step leads.
     *
     * @param label under which it is taken
     * @param steps its steps
     * @param ends whether the journey ends there without a step that says so
     */
    record Way(String label, List<Step> steps, boolean ends) {}

    static List<String> of(EventRule rule) {
        return rule.condition() == null ? List.of(rule.event()) : List.of(rule.event(), "where " + rule.condition());
    }

    /** The end, and what ends the journey wherever it stands. */
    static List<String> ends(Campaign campaign) {
        var lines = new ArrayList<String>();
        lines.add("end");
        campaign.terms().exits().forEach(exit -> lines.add("at once on " + String.join(" ", of(exit))));
        return lines;
    }

    static List<String> of(EntryRule entry) {
        if (entry instanceof EventRule rule) {
            return of(rule);
        }
        if (entry instanceof ScheduleEntry timed) {
            return List.of(timed.schedule().toString(), "who is " + timed.members());
        }
        var dated = (DateEntry) entry;
        return List.of((dated.yearly() ? "every year on " : "on ") + of(dated.date()));
    }

    private static String of(DateRule date) {
        var text = new StringBuilder();
        if (date.days() != 0) {
            text.append(Math.abs(date.days())).append(date.days() < 0 ? " d before " : " d after ");
        }
        if (!date.shift().isZero()) {
            text.append(of(date.shift().abs())).append(date.shift().isNegative() ? " before " : " after ");
        }
        text.append(date.source() == DateRule.Source.TRAIT ? "trait '" : "property '")
                .append(date.name())
                .append('\'');
        return date.at() == null ? text.toString() : text + " at " + date.at();
    }

    static Shape shape(Step step) {
        if (step instanceof Step.Send || step instanceof Step.SetTrait || step instanceof Step.Call) {
            return Shape.ACTION;
        }
        if (step instanceof Step.End) {
            return Shape.END;
        }
        boolean forks = step instanceof Step.Branch || step instanceof Step.Choice || step instanceof Step.Experiment;
        return forks ? Shape.CHOICE : Shape.WAIT;
    }

    static List<String> of(Step step) {
        return switch (shape(step)) {
            case ACTION -> action(step);
            case END -> ended((Step.End) step);
            case CHOICE -> fork(step);
            default -> waiting(step);
        };
    }

    private static List<String> action(Step step) {
        if (step instanceof Step.Send send) {
            return of(send);
        }
        return step instanceof Step.Call call
                ? List.of("call " + call.function(), "up to " + call.retry().attempts() + " times")
                : set((Step.SetTrait) step);
    }

    private static List<String> set(Step.SetTrait set) {
        return List.of("set trait '" + set.name() + "'", "to " + set.value());
    }

    private static List<String> ended(Step.End end) {
        return end.reason().isEmpty() ? List.of("end") : List.of("end: " + end.reason());
    }

    private static List<String> waiting(Step step) {
        if (step instanceof Step.Delay delay) {
            return List.of("wait " + of(delay.time()));
        }
        if (step instanceof Step.CalendarDelay delay) {
            return List.of(calendar(delay));
        }
        if (step instanceof Step.DateDelay delay) {
            return List.of("wait until " + of(delay.date()), "if past: " + delay.ifPast());
        }
        var lines = new ArrayList<String>();
        if (step instanceof Step.Await await) {
            lines.addAll(of(await.rule()));
            lines.set(0, "wait for " + lines.get(0));
            lines.add("at most " + of(await.atMost()));
        } else if (step instanceof Step.Until until) {
            lines.add("wait until " + until.condition());
            lines.add("at most " + of(until.atMost()));
        }
        return lines;
    }

    private static String calendar(Step.CalendarDelay delay) {
        String at = delay.at() == null ? "" : delay.at().toString();
        if (delay.days() > 0) {
            return "wait " + delay.days() + " calendar days" + (at.isEmpty() ? "" : ", until " + at);
        }
        return "wait until " + (delay.weekday() == null ? at : delay.weekday() + " " + at);
    }

    private static List<String> fork(Step step) {
        if (step instanceof Step.Branch branch) {
            return List.of(branch.condition() + "?");
        }
        if (step instanceof Step.Experiment experiment) {
            return List.of("experiment " + experiment.name());
        }
        var lines = new ArrayList<String>();
        lines.add("the first of");
        ((Step.Choice) step).options().forEach(option -> lines.add(lines.size() + ": " + option.condition()));
        return lines;
    }

    private static List<String> of(Step.Send send) {
        var lines = new ArrayList<String>();
        lines.add("send " + send.message().name());
        for (Route.Leg leg : send.route().legs()) {
            lines.add(
                    switch (leg.when()) {
                        case FIRST -> "by " + leg.channel();
                        case NO_RESPONSE -> "after " + of(leg.after()) + " without response: " + leg.channel();
                        case UNDELIVERABLE -> "if undeliverable: " + leg.channel();
                    });
        }
        return lines;
    }

    static List<Way> ways(Step step) {
        var labels = labels(step);
        var ways = new ArrayList<Way>();
        if (step instanceof Step.Call call) {
            ways.add(new Way("answered", List.of(), false));
            ways.add(new Way("failed", Objects.requireNonNullElse(call.ifFails(), List.of()), call.ifFails() == null));
            return ways;
        }
        for (Layout.Block block : Layout.blocks(step)) {
            ways.add(new Way(labels.get(ways.size()), block.steps(), false));
        }
        if (step instanceof Step.Choice choice && choice.otherwise() == null) {
            ways.add(new Way("otherwise", List.of(), true));
        }
        return ways;
    }

    /** For each block of a step one. */
    private static List<String> labels(Step step) {
        if (step instanceof Step.Branch) {
            return List.of("yes", "no");
        }
        if (step instanceof Step.Experiment experiment) {
            return experiment.variants().stream()
                    .map(variant -> variant.name() + ", " + variant.percent() + " %")
                    .toList();
        }
        if (step instanceof Step.Choice choice) {
            var labels = new ArrayList<String>();
            choice.options().forEach(option -> labels.add(String.valueOf(labels.size() + 1)));
            labels.add("otherwise");
            return labels;
        }
        return List.of("happened", "in vain");
    }

    /** Such as {@code 1 d 12 h}. */
    static String of(Duration time) {
        var parts = new ArrayList<String>();
        part(parts, time.toDays(), "d");
        part(parts, time.toHoursPart(), "h");
        part(parts, time.toMinutesPart(), "min");
        part(parts, time.toSecondsPart(), "s");
        part(parts, time.toMillisPart(), "ms");
        return parts.isEmpty() ? time.toString() : String.join(" ", parts);
    }

    private static void part(List<String> parts, long number, String unit) {
        if (number > 0) {
            parts.add(number + " " + unit);
        }
    }
}

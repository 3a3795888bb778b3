// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Drawing.Shape;
import java.time.Duration;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    static List<String> of(EntryRule rule) {
        if (rule instanceof EventRule event) {
            return of(event);
        }
        var entry = (DateEntry) rule;
        return List.of((entry.yearly() ? "every year on " : "on ") + of(entry.date()));
    }

    /** The end, and what ends the journey wherever it stands. */
    static List<String> ends(Campaign campaign) {
        var lines = new ArrayList<String>();
        lines.add("end");
        campaign.terms().exits().forEach(exit -> lines.add("at once on " + String.join(" ", of(exit))));
        return lines;
    }

    static Shape shape(Step step) {
        if (step instanceof Step.Send) {
            return Shape.ACTION;
        }
        if (step instanceof Step.End) {
            return Shape.END;
        }
        if (step instanceof Step.SetTrait) {
            return Shape.ACTION;
        }
        boolean chooses = step instanceof Step.Branch || step instanceof Step.Choice || step instanceof Step.Experiment;
        return chooses ? Shape.CHOICE : Shape.WAIT;
    }

    static List<String> of(Step step) {
        if (step instanceof Step.Delay delay) {
            return List.of("wait " + of(delay.time()));
        }
        if (step instanceof Step.Await await) {
            var lines = new ArrayList<>(of(await.rule()));
            lines.set(0, "wait for " + lines.get(0));
            lines.add("at most " + of(await.atMost()));
            return lines;
        }
        if (step instanceof Step.Branch branch) {
            return List.of(branch.condition() + "?");
        }
        if (step instanceof Step.Until until) {
            return List.of("wait until " + until.condition(), "at most " + of(until.atMost()));
        }
        if (step instanceof Step.CalendarDelay delay) {
            return List.of("wait " + of(delay));
        }
        if (step instanceof Step.DateDelay delay) {
            return List.of(
                    "wait until " + of(delay.date()),
                    "if past: " + delay.ifPast().name().toLowerCase(Locale.ROOT));
        }
        if (step instanceof Step.Choice) {
            return List.of("the first that holds");
        }
        if (step instanceof Step.Experiment experiment) {
            return List.of("draw " + experiment.name());
        }
        if (step instanceof Step.SetTrait set) {
            return List.of("set " + set.name() + " to " + set.value());
        }
        return step instanceof Step.Send send ? of(send) : end((Step.End) step);
    }

    private static List<String> end(Step.End end) {
        return end.reason().isEmpty() ? List.of("end") : List.of("end", end.reason());
    }

    private static String of(Step.CalendarDelay delay) {
        String day =
                delay.weekday() == null ? "" : delay.weekday().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " ";
        String until = delay.at() == null ? "" : "until " + day + delay.at();
        String days = delay.days() == 0 ? "" : delay.days() + (delay.days() == 1 ? " day " : " days ");
        return (days + until).strip();
    }

    private static String of(DateRule date) {
        String from = date.source() == DateRule.Source.TRAIT ? "trait '" : "property '";
        String days = date.days() == 0 ? "" : (date.days() < 0 ? " - " : " + ") + Math.abs(date.days()) + " d";
        String at = date.at() == null ? "" : " at " + date.at();
        String sign = date.shift().isNegative() ? " - " : " + ";
        return from + date.name() + "'" + days + at
                + (date.shift().isZero() ? "" : sign + of(date.shift().abs()));
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
        if (step instanceof Step.Branch branch) {
            return List.of(new Way("yes", branch.then(), false), new Way("no", branch.otherwise(), false));
        }
        if (step instanceof Step.Await await) {
            return List.of(new Way("happened", await.happened(), false), new Way("in vain", await.timeout(), false));
        }
        if (step instanceof Step.Until until) {
            return List.of(new Way("holds", until.met(), false), new Way("in vain", until.timeout(), false));
        }
        if (step instanceof Step.Experiment experiment) {
            return experiment.variants().stream()
                    .map(variant -> new Way(variant.name() + ", " + variant.percent() + " %", variant.steps(), false))
                    .toList();
        }
        return step instanceof Step.Choice choice ? ways(choice) : List.of();
    }

    private static List<Way> ways(Step.Choice choice) {
        var ways = new ArrayList<Way>();
        choice.options().forEach(option -> ways.add(new Way(option.condition().toString(), option.then(), false)));
        List<Step> otherwise = choice.otherwise();
        ways.add(otherwise == null ? new Way("none", List.of(), true) : new Way("otherwise", otherwise, false));
        return ways;
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

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.campaign.Drawing.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        campaign.exits().forEach(exit -> lines.add("at once on " + String.join(" ", of(exit))));
        return lines;
    }

    static Shape shape(Step step) {
        if (step instanceof Step.Send) {
            return Shape.ACTION;
        }
        if (step instanceof Step.End) {
            return Shape.END;
        }
        return step instanceof Step.Branch ? Shape.CHOICE : Shape.WAIT;
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
        return step instanceof Step.Send send ? of(send) : List.of("end");
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
        return step instanceof Step.Await await
                ? List.of(new Way("happened", await.happened(), false), new Way("in vain", await.timeout(), false))
                : List.of();
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

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.customer.Observed;
import dev.throughline.decision.Decision;
import dev.throughline.decision.Verdict;
import dev.throughline.ring.Entry;
import dev.throughline.store.Changes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures that are told together, such as those of one turn. Filled by one thread. */
final class Figures {

    private final Map<Figure, Long> counts = new LinkedHashMap<>();
    private final List<Other> others = new ArrayList<>();

    private record Figure(String metric, Map<String, String> tags) {}

    private interface Other {
        void tell(Observer observer);
    }

    /** Tags are names and values by turns. */
    Figures count(String metric, long number, String... tags) {
        if (number > 0) {
            counts.merge(new Figure(metric, tags(tags)), number, Long::sum);
        }
        return this;
    }

    Figures time(String metric, long nanos, String... tags) {
        others.add(observer -> observer.time(metric, Duration.ofNanos(nanos), tags(tags)));
        return this;
    }

    Figures level(String metric, long value, String... tags) {
        others.add(observer -> observer.level(metric, value, tags(tags)));
        return this;
    }

    /** What was written: touchpoints, verdicts, dead letters. */
    Figures written(Changes changes) {
        for (Entry entry : changes.entries()) {
            if (entry.body() instanceof Observed observed) {
                count(
                        "throughline.touchpoints",
                        1,
                        "origin",
                        observed.touchpoint().origin().name());
            } else if (entry.body() instanceof Decision decision) {
                count(
                        "throughline.verdicts",
                        1,
                        "channel",
                        decision.channel().name(),
                        "class",
                        decision.messageClass().name(),
                        "outcome",
                        decision.verdict().outcome().name(),
                        "reason",
                        reason(decision.verdict()));
            }
        }
        return count("throughline.deadletters", changes.deadLetters().size());
    }

    /** Codes are few; words of a host's own may be many. */
    private static String reason(Verdict verdict) {
        return verdict.reason().matches("[A-Z_]*") ? verdict.reason() : "OTHER";
    }

    void tell(Observer observer) {
        counts.forEach((figure, number) -> observer.count(figure.metric, number, figure.tags));
        others.forEach(other -> other.tell(observer));
    }

    private static Map<String, String> tags(String... namesAndValues) {
        var tags = new TreeMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tags.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(tags);
    }
}

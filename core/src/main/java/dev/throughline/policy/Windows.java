// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where in time a message may leave when several rules must all allow it. */
final class Windows {

    /** One rule's hours in one zone, shortened by its guard; none on the days on which it is closed. */
    record Hours(List<LocalHours> allow, ZoneId zone, Duration guard, Set<LocalDate> closed) {
        Hours(List<LocalHours> allow, ZoneId zone, Duration guard) {
            this(allow, zone, guard, Set.of());
        }

        Hours unguarded() {
            return new Hours(allow, zone, Duration.ZERO, closed);
        }
    }

    /** From the first instant to before the last. */
    record Span(Instant start, Instant end) {
        boolean contains(Instant instant) {
            return !instant.isBefore(start) && instant.isBefore(end);
        }
    }

    private static final int DAYS_AHEAD = 400;
    private static final int STEPS = 1_000;

    private Windows() {}

    /** The span in which all allow, the one around {@code now} or the next; empty if there is none within 400 days. */
    static Optional<Span> next(List<Hours> rules, Instant now) {
        Instant candidate = now;
        Instant horizon = now.plus(Duration.ofDays(DAYS_AHEAD));
        for (int step = 0; step < STEPS && candidate.isBefore(horizon); step++) {
            Instant end = Instant.MAX;
            Instant moved = candidate;
            for (Hours rule : rules) {
                Optional<Span> span = next(rule, moved);
                if (span.isEmpty()) {
                    return Optional.empty();
                }
                moved = later(moved, span.get().start());
                end = end.isBefore(span.get().end()) ? end : span.get().end();
            }
            if (moved.equals(candidate)) {
                return Optional.of(new Span(candidate, end));
            }
            candidate = moved;
        }
        return Optional.empty();
    }

    /** One rule's span around an instant, or the next: most often it is near, so that a look at three days is enough. */
    static Optional<Span> next(Hours rule, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, rule.zone());
        Optional<Span> near = next(rule, now, today.minusDays(1), 3);
        for (int from = 0; near.isEmpty() && from < DAYS_AHEAD; from += 7) {
            near = next(rule, now, today.plusDays(from), 9);
        }
        return near;
    }

    private static Optional<Span> next(Hours rule, Instant now, LocalDate first, int days) {
        for (Span span : spans(rule, first, days)) {
            Instant end = span.end().minus(rule.guard());
            if (span.start().isBefore(end) && now.isBefore(end)) {
                return Optional.of(new Span(span.start(), end));
            }
        }
        return Optional.empty();
    }

    /** The spans of some days, those that touch each other joined, so that midnight is no end. */
    private static List<Span> spans(Hours rule, LocalDate first, int days) {
        var spans = new ArrayList<Span>();
        for (int day = 0; day < days; day++) {
            LocalDate date = first.plusDays(day);
            for (LocalHours hours : rule.allow()) {
                if (hours.days().contains(date.getDayOfWeek()) && !rule.closed().contains(date)) {
                    spans.add(new Span(hours.start(date, rule.zone()), hours.end(date, rule.zone())));
                }
            }
        }
        spans.removeIf(span -> !span.start().isBefore(span.end()));
        spans.sort(Comparator.comparing(Span::start));
        var joined = new ArrayList<Span>();
        for (Span span : spans) {
            int last = joined.size() - 1;
            if (last >= 0 && !span.start().isAfter(joined.get(last).end())) {
                joined.set(
                        last,
                        new Span(
                                joined.get(last).start(), later(joined.get(last).end(), span.end())));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

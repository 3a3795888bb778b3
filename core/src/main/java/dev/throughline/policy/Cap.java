// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Set;

/**
 * At most so many attempts at one contact point within some time.
 *
 * @param rule which rule's
 * @param key what is counted together at the contact point, such as {@code controller=Shop;channel=sms}; the same text for the
 *     same counter under every rule
 * @param max how many
 * @param span within what time
 */
public record Cap(String rule, String key, int max, Span span) {

    /** The time within which attempts count together. */
    public sealed interface Span permits Sliding, Calendar {

        /**
         * Since when attempts count.
         *
         * @param now the present
         * @return attempts after this instant count
         */
        Instant since(Instant now);

        /**
         * Until when an attempt counts.
         *
         * @param attempt when it was
         * @param now the present
         * @return the instant at which there is room for another one in its stead, as far as is known now
         */
        Instant until(Instant attempt, Instant now);
    }

    /**
     * Any stretch of time of this length, reckoned as {@code (now - length, now]}.
     *
     * @param length how long it is
     */
    public record Sliding(Duration length) implements Span {
        @Override
        public Instant since(Instant now) {
            return now.minus(length);
        }

        @Override
        public Instant until(Instant attempt, Instant now) {
            return attempt.plus(length);
        }

        @Override
        public String toString() {
            return length.toString();
        }
    }

    /** What calendars are divided into. Weeks begin on Monday (ISO 8601). */
    public enum Unit {
        /** From midnight to midnight. */
        DAY,
        /** From Monday to Sunday. */
        WEEK,
        /** From the first to the last. */
        MONTH;

        LocalDate first(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        LocalDate next(LocalDate first) {
            return switch (this) {
                case DAY -> first.plusDays(1);
                case WEEK -> first.plusWeeks(1);
                case MONTH -> first.plusMonths(1);
            };
        }
    }

    /**
     * A day, week or month of the calendar; where the zone is unknown that of each zone that there may be.
     *
     * @param unit which
     * @param zones in which zones, at least one
     */
    public record Calendar(Unit unit, Set<ZoneId> zones) implements Span {

        /** Copies the set. */
        public Calendar {
            zones = Set.copyOf(zones);
        }

        @Override
        public Instant since(Instant now) {
            return zones.stream()
                    .map(zone -> first(now, zone).atStartOfDay(zone).toInstant())
                    .reduce(now, (one, other) -> one.isBefore(other) ? one : other)
                    .minusNanos(1);
        }

        @Override
        public Instant until(Instant attempt, Instant now) {
            return zones.stream()
                    .map(zone -> unit.next(first(now, zone)).atStartOfDay(zone).toInstant())
                    .reduce(now, (one, other) -> one.isAfter(other) ? one : other);
        }

        private LocalDate first(Instant now, ZoneId zone) {
            return unit.first(LocalDate.ofInstant(now, zone));
        }

        @Override
        public String toString() {
            return unit.name();
        }
    }

    /**
     * Whether there is room for one more.
     *
     * @param attempts the instants of the earlier attempts under this key, in any order; at least the last {@code max} of them
     * @param now when the next would be
     * @return ALLOW, or DEFER until the instant at which there is room; DENY if the cap is zero
     */
    public Finding check(Collection<Instant> attempts, Instant now) {
        Instant since = span.since(now);
        var counted = attempts.stream()
                .filter(attempt -> attempt.isAfter(since))
                .sorted()
                .toList();
        Outcome outcome = counted.size() < max ? Outcome.ALLOW : max == 0 ? Outcome.DENY : Outcome.DEFER;
        var finding = Finding.of(
                        "caps", rule, outcome, outcome == Outcome.ALLOW ? Reason.UNDER_CAP : Reason.CAP_REACHED)
                .with("count", counted.size())
                .with("max", max)
                .with("window", span);
        return outcome == Outcome.DEFER
                ? finding.with("until", span.until(counted.get(counted.size() - max), now))
                : finding;
    }
}

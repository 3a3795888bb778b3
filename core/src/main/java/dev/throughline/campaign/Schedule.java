// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When members of a segment or a list are let into a campaign, on the clock of each of them. Its text is canonical.
 *
 * @param every how often
 * @param weekday on which day of the week; {@code null} where days of the week mean nothing
 * @param day on which day of the month, 1 to 31; 0 where days of the month mean nothing
 * @param at at which time; {@code null} for one instant
 * @param instant the one instant; {@code null} for what comes again
 */
public record Schedule(
        Every every,
        @Nullable DayOfWeek weekday,
        int day,
        @Nullable LocalTime at,
        @Nullable Instant instant) {

    /** How often. */
    public enum Every {
        /** Every day at a time. */
        DAY,
        /** Every week on a day at a time. */
        WEEK,
        /** Every month on a day at a time. */
        MONTH,
        /** Once, at an instant. */
        ONCE
    }

    /**
     * Checks the parts.
     *
     * @throws ThroughlineException if they do not fit together
     */
    public Schedule {
        boolean fits =
                switch (every) {
                    case DAY -> weekday == null && day == 0 && at != null && instant == null;
                    case WEEK -> weekday != null && day == 0 && at != null && instant == null;
                    case MONTH -> weekday == null && day >= 1 && day <= 31 && at != null && instant == null;
                    case ONCE -> weekday == null && day == 0 && at == null && instant != null;
                };
        if (!fits) {
            throw new ThroughlineException(
                    "schedule of every " + every + ", weekday " + weekday + ", day " + day + ", at "
                            + at + ", instant " + instant
                            + ": expected a time, of a week with a weekday, of a month with a day from 1 to 31; or one instant");
        }
    }

    /**
     * Every day.
     *
     * @param at at which time on her clock
     * @return the schedule
     */
    public static Schedule daily(LocalTime at) {
        return new Schedule(Every.DAY, null, 0, at, null);
    }

    /**
     * Every week.
     *
     * @param weekday on which day
     * @param at at which time on her clock
     * @return the schedule
     */
    public static Schedule weekly(DayOfWeek weekday, LocalTime at) {
        return new Schedule(Every.WEEK, weekday, 0, at, null);
    }

    /**
     * Every month.
     *
     * @param day on which day, 1 to 31; in a month that is shorter on its last
     * @param at at which time on her clock
     * @return the schedule
     * @throws ThroughlineException if there is no such day
     */
    public static Schedule monthly(int day, LocalTime at) {
        return new Schedule(Every.MONTH, null, day, at, null);
    }

    /**
     * Once, for everybody at the same instant.
     *
     * @param instant when
     * @return the schedule
     */
    public static Schedule once(Instant instant) {
        return new Schedule(Every.ONCE, null, 0, null, instant);
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return switch (every) {
            case DAY -> "every day at " + at;
            case WEEK -> "every " + String.valueOf(weekday).toLowerCase(Locale.ROOT) + " at " + at;
            case MONTH -> "every month on day " + day + " at " + at;
            case ONCE -> "once at " + instant;
        };
    }
}

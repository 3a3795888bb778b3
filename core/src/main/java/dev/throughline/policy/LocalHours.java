// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Allowed hours on certain weekdays by a local clock, from the first minute to before the last.
 *
 * @param days on which days
 * @param from minute of the day
 * @param to minute of the day, up to 24 × 60
 */
record LocalHours(Set<DayOfWeek> days, int from, int to) {

    /** The first instant on a day; where clocks are set forward over it the first one after the gap, where back the second. */
    Instant start(LocalDate day, ZoneId zone) {
        return instant(day, from, zone, false);
    }

    /** The end on a day; where clocks are set forward over it the gap's beginning, where back the first of the two. */
    Instant end(LocalDate day, ZoneId zone) {
        return instant(day, to, zone, true);
    }

    private static Instant instant(LocalDate day, int minute, ZoneId zone, boolean earlier) {
        LocalDateTime local = day.atStartOfDay().plusMinutes(minute);
        var transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(earlier ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }
}

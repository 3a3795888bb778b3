// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Locale;
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

    /** Such as {@code MON-FRI 10:00-13:00}; without days where it is all of them. */
    @Override
    public String toString() {
        String hours = time(from) + "-" + time(to);
        return days.size() == DayOfWeek.values().length ? hours : ranges() + " " + hours;
    }

    private String ranges() {
        var ranges = new ArrayList<String>();
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean first = days.contains(day) && (day == DayOfWeek.MONDAY || !days.contains(day.minus(1)));
            boolean last = days.contains(day) && (day == DayOfWeek.SUNDAY || !days.contains(day.plus(1)));
            if (first) {
                ranges.add(shortened(day));
            }
            if (last && !first) {
                ranges.set(ranges.size() - 1, ranges.get(ranges.size() - 1) + "-" + shortened(day));
            }
        }
        return String.join(",", ranges);
    }

    private static String shortened(DayOfWeek day) {
        return day.name().substring(0, 3);
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}

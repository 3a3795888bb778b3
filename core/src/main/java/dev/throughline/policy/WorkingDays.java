// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * A time that is told in working days, Monday to Friday without the holidays of a calendar. It begins on the day after what it is reckoned
 * from, and ends with the last of its days.
 *
 * @param number how many
 * @param calendar whose holidays do not count; empty if only weekends do not
 */
record WorkingDays(int number, String calendar) {

    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    /** The first instant that is too late, by the clock of a zone. */
    Instant after(Instant from, ZoneId zone) {
        Set<LocalDate> holidays = Calendar.find(calendar).map(Calendar::days).orElse(Set.of());
        LocalDate day = LocalDate.ofInstant(from, zone);
        for (int left = number; left > 0; left -= isWorked(day, holidays) ? 1 : 0) {
            day = day.plusDays(1);
        }
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private static boolean isWorked(LocalDate day, Set<LocalDate> holidays) {
        return !WEEKEND.contains(day.getDayOfWeek()) && !holidays.contains(day);
    }

    @Override
    public String toString() {
        return number + (calendar.isEmpty() ? "" : " " + calendar);
    }
}

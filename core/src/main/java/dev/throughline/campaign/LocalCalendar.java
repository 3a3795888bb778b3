// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.message.Message;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calendar and the clock on somebody's wall. A time that her clock leaves out in spring is as much later as it leaves out; one
 * that it shows twice in autumn is the first of both.
 *
 * @param zone where the wall stands
 */
record LocalCalendar(ZoneId zone) {

    /** A yearly date is moved by two years at most. */
    private static final int AROUND = 4;

    /** When a calendar delay ends; always later than now. */
    Instant after(Instant now, Step.CalendarDelay delay) {
        ZonedDateTime here = now.atZone(zone);
        LocalTime at = delay.at();
        if (at == null) {
            return here.plusDays(delay.days()).toInstant();
        }
        return delay.days() > 0 ? on(here.toLocalDate().plusDays(delay.days()), at) : next(here, delay.weekday(), at);
    }

    /** When a schedule comes next; always later than now, {@code null} if it does not. */
    @Nullable
    Instant after(Instant now, Schedule schedule) {
        LocalTime at = schedule.at();
        if (at == null) {
            Instant once = schedule.instant();
            return once != null && once.isAfter(now) ? once : null;
        }
        ZonedDateTime here = now.atZone(zone);
        return schedule.every() == Schedule.Every.MONTH
                ? monthly(here, schedule.day(), at)
                : next(here, schedule.weekday(), at);
    }

    private Instant monthly(ZonedDateTime here, int day, LocalTime at) {
        var month = YearMonth.from(here);
        Instant found = on(month.atDay(Math.min(day, month.lengthOfMonth())), at);
        var later = month.plusMonths(1);
        return found.isAfter(here.toInstant()) ? found : on(later.atDay(Math.min(day, later.lengthOfMonth())), at);
    }

    private Instant next(ZonedDateTime here, @Nullable DayOfWeek weekday, LocalTime at) {
        LocalDate first = here.toLocalDate();
        LocalDate day = weekday == null ? first : first.with(TemporalAdjusters.nextOrSame(weekday));
        Instant found = on(day, at);
        return found.isAfter(here.toInstant()) ? found : on(day.plusDays(weekday == null ? 1 : 7), at);
    }

    private Instant on(LocalDate day, LocalTime at) {
        return day.atTime(at).atZone(zone).toInstant();
    }

    /** The instant of a rule for a value; empty if the value is no date. */
    Optional<Instant> find(DateRule rule, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(moved(rule, read(text)));
        } catch (DateTimeException | ArithmeticException noDate) {
            return Optional.empty();
        }
    }

    /** The instants of a date that may start a journey, as far as they lie within a hundred years; of a yearly one those around now. */
    List<Instant> occurrences(DateEntry entry, @Nullable Object value, Instant now) {
        if (!entry.yearly()) {
            return find(entry.date(), value).filter(date -> date.isBefore(now.plus(Message.LONGEST))).stream()
                    .toList();
        }
        var found = new ArrayList<Instant>();
        int present = now.atZone(zone).getYear();
        for (int year = present - AROUND; year <= present + AROUND; year++) {
            inYear(year, entry.date(), value).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Instant> inYear(int year, DateRule rule, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        try {
            ZonedDateTime first = read(text);
            return first.getYear() > year ? Optional.empty() : Optional.of(moved(rule, first.withYear(year)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private Instant moved(DateRule rule, ZonedDateTime date) {
        ZonedDateTime day = date.plusDays(rule.days());
        LocalTime at = rule.at();
        Instant found = at == null ? day.toInstant() : on(day.toLocalDate(), at);
        return found.plus(rule.shift());
    }

    private ZonedDateTime read(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(zone);
        }
        var read = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return read instanceof OffsetDateTime instant
                ? instant.atZoneSameInstant(zone)
                : ((LocalDateTime) read).atZone(zone);
    }
}

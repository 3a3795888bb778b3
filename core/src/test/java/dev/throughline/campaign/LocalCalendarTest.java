// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.campaign.DateRule.Source;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calendar arithmetic in a person's zone, over both edges of daylight saving. */
class LocalCalendarTest {

    private static final List<String> ZONES = List.of(
            "Asia/Ho_Chi_Minh",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Africa/Casablanca",
            "UTC");

    @ParameterizedTest
    @CsvSource({
        // the clock goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25
        "2026-03-28T09:00+01:00, 2026-03-29T09:00+02:00, 23",
        "2026-10-24T09:00+02:00, 2026-10-25T09:00+01:00, 25",
        "2026-06-01T09:00+02:00, 2026-06-02T09:00+02:00, 24"
    })
    void dayKeepsTheTimeOfDayOverBothEdges(String now, String later, int hours) {
        assertThat(after("Europe/Berlin", now, 1, null, null)).isEqualTo(instant(later));
        assertThat(Duration.between(instant(now), instant(later))).hasHours(hours);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T12:00+01:00, 2026-03-29T03:30+02:00", // 02:30 is left out: as much later
        "2026-10-24T12:00+02:00, 2026-10-25T02:30+02:00", // 02:30 comes twice: the first
        "2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00", // and not the second one, too
        "2026-10-25T02:45+02:00, 2026-10-26T02:30+01:00"
    })
    void timeThatIsLeftOutOrComesTwiceIsMetOnce(String now, String next) {
        assertThat(after("Europe/Berlin", now, 0, null, "02:30")).isEqualTo(instant(next));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T08:59:59Z, 2026-11-23T09:00Z", "2026-11-23T09:00Z, 2026-11-24T09:00Z"})
    void nextTimeIsTodayOnlyIfItIsStillToCome(String now, String next) {
        assertThat(after("UTC", now, 0, null, "09:00")).isEqualTo(instant(next));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:00Z, 2026-11-23T09:00Z", // a Monday
        "2026-11-23T09:00Z, 2026-11-30T09:00Z",
        "2026-11-24T08:00Z, 2026-11-30T09:00Z"
    })
    void nextWeekdayIsTodayOnlyIfItsTimeIsStillToCome(String now, String next) {
        assertThat(after("UTC", now, 0, MONDAY, "09:00")).isEqualTo(instant(next));
    }

    @Test
    void weekdayIsReadOnThePersonsClock() {
        // Sunday 20:00 in UTC is Monday 03:00 in Vietnam
        assertThat(after("Asia/Ho_Chi_Minh", "2026-11-22T20:00Z", 0, MONDAY, "09:00"))
                .isEqualTo(instant("2026-11-23T09:00+07:00"));
        assertThat(after("Asia/Ho_Chi_Minh", "2026-11-22T20:00Z", 0, SUNDAY, "09:00"))
                .isEqualTo(instant("2026-11-29T09:00+07:00"));
    }

    @Test
    void tomorrowIsTomorrowHoweverNear() {
        assertThat(after("UTC", "2026-11-23T23:59Z", 1, null, "00:00")).isEqualTo(instant("2026-11-24T00:00Z"));
        assertThat(after("UTC", "2026-11-23T00:00Z", 1, null, "23:59")).isEqualTo(instant("2026-11-24T23:59Z"));
    }

    /** Laws: always later, at the time of day that was asked for wherever the clock shows it, and never a day too late. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void laws(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant now = Instant.parse("2010-01-01T00:00:00Z").plusSeconds(random.nextLong(31_536_000L * 25));
            LocalTime at = LocalTime.ofSecondOfDay(random.nextInt(96) * 900L);
            int days = random.nextInt(4);
            DayOfWeek weekday = days == 0 && random.nextBoolean() ? DayOfWeek.of(1 + random.nextInt(7)) : null;
            String what = "seed " + seed + ", " + zone + " at " + now + ": " + days + " " + weekday + " " + at;

            ZonedDateTime found = new LocalCalendar(zone)
                    .after(now, new Step.CalendarDelay(days, weekday, at))
                    .atZone(zone);

            assertThat(found.toInstant()).as(what).isAfter(now);
            int most = days > 0 ? days : weekday == null ? 1 : 7;
            assertThat(found.toLocalDate())
                    .as(what)
                    .isBeforeOrEqualTo(now.atZone(zone).toLocalDate().plusDays(most + 1));
            if (!isGap(found.toLocalDate().atTime(at).atZone(zone), at)) {
                assertThat(found.toLocalTime()).as(what).isEqualTo(at);
                assertThat(weekday == null ? null : found.getDayOfWeek())
                        .as(what)
                        .isEqualTo(weekday);
            }
        }
    }

    private static boolean isGap(ZonedDateTime found, LocalTime at) {
        return !found.toLocalTime().equals(at)
                || !found.minusDays(1).toLocalDate().equals(found.toLocalDate().minusDays(1));
    }

    @Test
    void theMachinesZoneMeansNothing() {
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));

            assertThat(after("Asia/Ho_Chi_Minh", "2026-11-22T20:00Z", 0, null, "09:00"))
                    .isEqualTo(instant("2026-11-23T09:00+07:00"));
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, 2026-12-24T00:00+07:00",
        "2026-12-24T18:00, 2026-12-24T18:00+07:00",
        "2026-12-24T18:00:30, 2026-12-24T18:00:30+07:00",
        "2026-12-24T11:00:00Z, 2026-12-24T11:00Z",
        "2026-12-24T18:00+09:00, 2026-12-24T18:00+09:00"
    })
    void readsDatesAndInstants(String value, String instant) {
        assertThat(vietnam().find(DateRule.of(Source.TRAIT, "x"), value)).contains(instant(instant));
    }

    @Test
    void countsDaysThenSetsTheTimeThenAddsTheDuration() {
        var rule = DateRule.of(Source.TRAIT, "x")
                .daysBefore(1)
                .at(LocalTime.of(9, 0))
                .after(Duration.ofMinutes(5));

        assertThat(vietnam().find(rule, "2026-12-24")).contains(instant("2026-12-23T09:05+07:00"));
        assertThat(vietnam().find(rule, "2026-12-24T20:00:00Z")).contains(instant("2026-12-24T09:05+07:00"));
    }

    @Test
    void whatIsNoDateIsNoDate() {
        var rule = DateRule.of(Source.TRAIT, "x").daysAfter(1);

        for (Object value : new Object[] {"soon", "2026-02-30", "", 5L, true, "+999999999-12-31", "24.12.2026"}) {
            assertThat(vietnam().find(rule, value)).as("%s", value).isEmpty();
        }
        assertThat(vietnam().find(rule, null)).isEmpty();
    }

    private static LocalCalendar vietnam() {
        return new LocalCalendar(ZoneId.of("Asia/Ho_Chi_Minh"));
    }

    private static Instant after(String zone, String now, int days, DayOfWeek weekday, String at) {
        var delay = new Step.CalendarDelay(days, weekday, at == null ? null : LocalTime.parse(at));
        return new LocalCalendar(ZoneId.of(zone)).after(instant(now), delay);
    }

    private static Instant instant(String text) {
        return ZonedDateTime.parse(text).toInstant();
    }
}

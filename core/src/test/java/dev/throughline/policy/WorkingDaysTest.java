// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {

    private static Instant at(ZoneId zone, String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(zone).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        // a Monday before Thanksgiving
        "America/New_York, 2026-11-23T23:59, 10, US, 2026-12-09T00:00",
        "America/New_York, 2026-11-23T23:59, 10, '', 2026-12-08T00:00",
        // a Saturday: the days begin on Monday
        "America/New_York, 2026-11-28T08:00, 1, US, 2026-12-01T00:00",
        // two days before Tet, which is from the 5th, a Friday, and is made up for on the 10th and 11th
        "Asia/Ho_Chi_Minh, 2027-02-03T17:00, 2, VN, 2027-02-13T00:00",
        "Asia/Ho_Chi_Minh, 2027-02-03T17:00, 2, '', 2027-02-06T00:00",
        // Good Friday and Canada Day
        "America/Toronto, 2027-03-24T10:00, 2, CA, 2027-03-30T00:00",
        "America/Toronto, 2027-06-30T10:00, 1, CA, 2027-07-03T00:00",
    })
    void beginOnTheNextDayAndLeaveOutWeekendsAndHolidays(
            ZoneId zone, String from, int days, String calendar, String until) {
        assertThat(new WorkingDays(days, calendar).after(at(zone, from), zone)).isEqualTo(at(zone, until));
    }

    @Test
    void knowTheNewYearOfTheMoon() {
        var tet = Calendar.find("VN").orElseThrow().days();

        assertThat(tet)
                .contains(
                        LocalDate.parse("2026-02-17"),
                        LocalDate.parse("2027-02-06"),
                        LocalDate.parse("2028-01-26"),
                        LocalDate.parse("2029-02-13"),
                        LocalDate.parse("2030-02-02"))
                .contains(LocalDate.parse("2026-04-26"), LocalDate.parse("2026-09-02"));
    }

    @Test
    void haveCalendarsForTenYears() {
        assertThat(Calendar.NAMES).containsExactly("AU", "CA", "FR", "US", "VN");
        for (String name : Calendar.NAMES) {
            var years = Calendar.find(name).orElseThrow().days().stream().map(LocalDate::getYear);
            assertThat(years.distinct())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(2026, 2035).boxed().toList());
        }
    }

    @Test
    void areAWholeNumberAndOfACalendarThatThereIs() {
        String rule = "{\"policy\": {\"id\": \"house\"}, \"rules\": [{\"id\": \"a\", \"optOut\": {\"review\": %s}}]}";

        assertThatThrownBy(() -> Policy.parse(rule.formatted("{\"workingDays\": 0, \"calendar\": \"XX\"}")))
                .hasMessageContaining("rule a, optOut.review.workingDays: '0', expected a whole number from 1 to 366")
                .hasMessageContaining("rule a, optOut.review.calendar: 'XX', expected one of [AU, CA, FR, US, VN]");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.channel.MessageClass.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Address;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Caps by the calendar; for sliding ones see {@link ScenariosTest}. */
class CapTest {

    private static final ZoneId SAIGON = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Cap TWICE_A_DAY = cap(2, Cap.Unit.DAY, SAIGON);

    private static Cap cap(int max, Cap.Unit unit, ZoneId... zones) {
        return new Cap("house.cap", "", max, new Cap.Calendar(unit, Set.of(zones)));
    }

    private static Instant at(ZoneId zone, String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(zone).toInstant();
    }

    private static Instant saigon(String dateTime) {
        return at(SAIGON, dateTime);
    }

    @Test
    void beginAnewAtMidnightWhereTheRecipientIs() {
        var evening = List.of(saigon("2026-11-23T23:00"), saigon("2026-11-23T23:30"));

        assertThat(TWICE_A_DAY.check(evening, saigon("2026-11-23T23:59:59")).until())
                .isEqualTo(saigon("2026-11-24T00:00"));
        assertThat(TWICE_A_DAY.check(evening, saigon("2026-11-24T00:00")).outcome())
                .isEqualTo(Outcome.ALLOW);
        assertThat(TWICE_A_DAY
                        .check(
                                List.of(saigon("2026-11-24T00:00"), saigon("2026-11-24T00:00")),
                                saigon("2026-11-24T00:00"))
                        .until())
                .isEqualTo(saigon("2026-11-25T00:00"));
    }

    @Test
    void countTheDayOfEachZoneThatThereMayBe() {
        ZoneId honolulu = ZoneId.of("Pacific/Honolulu");
        ZoneId newYork = ZoneId.of("America/New_York");
        Cap once = cap(1, Cap.Unit.DAY, honolulu, newYork);
        var attempt = List.of(at(newYork, "2026-11-23T20:00"));

        assertThat(once.check(attempt, at(newYork, "2026-11-24T00:00")).until())
                .isEqualTo(at(newYork, "2026-11-25T00:00"));
        assertThat(once.check(attempt, at(honolulu, "2026-11-24T00:00")).outcome())
                .isEqualTo(Outcome.ALLOW);
    }

    @Test
    void beginWeeksOnMondayAndMonthsOnTheFirst() {
        var sunday = List.of(at(PARIS, "2027-03-28T23:30"));

        assertThat(cap(1, Cap.Unit.WEEK, PARIS)
                        .check(sunday, at(PARIS, "2027-03-28T23:40"))
                        .until())
                .isEqualTo(at(PARIS, "2027-03-29T00:00"));
        assertThat(cap(1, Cap.Unit.MONTH, PARIS)
                        .check(sunday, at(PARIS, "2027-03-29T00:00"))
                        .until())
                .isEqualTo(at(PARIS, "2027-04-01T00:00"));
        assertThat(cap(1, Cap.Unit.MONTH, PARIS)
                        .check(sunday, at(PARIS, "2027-04-01T00:00"))
                        .outcome())
                .isEqualTo(Outcome.ALLOW);
    }

    @Test
    void areReadFromAPolicyAndToldInBothLanguages() {
        Policy house = Policy.parse(document("{\"calendar\": \"WEEK\", \"zone\": \"BRAND\"}"));
        var standing = new Shop().ad("2026-11-23T09:00").standing();
        var facts = Facts.of(MARKETING, Address.phone("+84 90 000 0001"), Shop.BRAND, standing);

        assertThat(house.caps(facts).caps())
                .extracting(Cap::span)
                .containsExactly(new Cap.Calendar(Cap.Unit.WEEK, Set.of(Shop.BRAND.zone())));
        assertThat(house.explain(Locale.ENGLISH))
                .contains("At most 2 per address in each week of the calendar, by the clock of the brand.");
        assertThat(house.explain(Locale.forLanguageTag("vi")))
                .contains("trong mỗi tuần theo lịch, theo giờ của thương hiệu.");
        var finding = house.caps(facts).caps().get(0).check(List.of(), Instant.parse("2026-11-23T02:00:00Z"));
        assertThat(Reasons.line(finding, Locale.ENGLISH, SAIGON))
                .isEqualTo("cap: 0 of 2 within one calendar week [house.cap]");
    }

    @Test
    void areOfOneKindAndInAZoneThatThereIs() {
        assertThatThrownBy(() -> Policy.parse(document("{\"calendar\": \"WEEK\", \"sliding\": \"P7D\"}")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageContaining(
                        "expected {\"sliding\": \"PT24H\"} or {\"calendar\": \"DAY\", \"zone\": \"RECIPIENT\"}");
        assertThatThrownBy(() -> Policy.parse(document("{\"calendar\": \"DAY\", \"zone\": \"Saigon\"}")))
                .hasMessageContaining("'Saigon', expected RECIPIENT, BRAND or a name of the tz database");
    }

    private static String document(String window) {
        return """
                {"policy": {"id": "house", "version": "1", "extends": ["base"]},
                 "rules": [{"id": "house.cap", "when": {"class": "MARKETING"},
                   "cap": {"max": 2, "per": ["address"], "window": %s},
                   "ref": {"law": "house", "art": "1", "conf": "P"}}]}""".formatted(window);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.policy.Windows.Hours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final long TEN_YEARS = Duration.ofDays(3_652).toSeconds();
    private static final Instant FIRST = Instant.parse("2026-11-23T00:00:00Z");
    private static final int INSTANTS_PER_ZONE = 40;

    @Test
    void neverAllowsOutsideTheHoursInAnyZoneInTenYearsAndAlwaysFindsTheNextOnes() {
        var rules = List.of(
                List.of(new LocalHours(DAILY, 7 * 60, 22 * 60)),
                List.of(new LocalHours(DAILY, 0, 150)),
                List.of(new LocalHours(DAILY, 90, 180), new LocalHours(EnumSet.of(DayOfWeek.SUNDAY), 180, 24 * 60)));
        for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(name);
            for (Instant instant : instants(zone)) {
                for (List<LocalHours> allow : rules) {
                    var span = Windows.next(new Hours(allow, zone, Duration.ZERO), instant);

                    assertThat(span).as("%s at %s", name, instant).isPresent();
                    assertThat(span.get().start().isBefore(span.get().end())).isTrue();
                    Instant first =
                            span.get().contains(instant) ? instant : span.get().start();
                    assertThat(isWithin(allow, zone, first))
                            .as("%s at %s: %s", name, instant, span)
                            .isTrue();
                    assertThat(isWithin(allow, zone, span.get().end().minusMillis(1)))
                            .as("%s at %s: end of %s", name, instant, span)
                            .isTrue();
                    assertThat(first.isAfter(instant.plus(Duration.ofDays(4)))).isFalse();
                }
            }
        }
    }

    /** Random instants, and those around each change of the clocks, where the mistakes are. */
    private static List<Instant> instants(ZoneId zone) {
        var random = new Random(zone.getId().hashCode());
        var instants = new ArrayList<Instant>();
        for (int i = 0; i < INSTANTS_PER_ZONE; i++) {
            instants.add(FIRST.plusSeconds(random.nextLong(TEN_YEARS)));
        }
        var change = zone.getRules().nextTransition(FIRST);
        for (int i = 0; change != null && i < 6; i++) {
            for (int minutes = -150; minutes <= 150; minutes += 25) {
                instants.add(change.getInstant().plus(Duration.ofMinutes(minutes)));
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return instants;
    }

    private static boolean isWithin(List<LocalHours> allow, ZoneId zone, Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        int minute = local.getHour() * 60 + local.getMinute();
        return allow.stream()
                .anyMatch(hours ->
                        hours.days().contains(local.getDayOfWeek()) && hours.from() <= minute && minute < hours.to());
    }

    @Test
    void isHalfOpen() {
        var hours = hours(8 * 60, 20 * 60, Duration.ZERO);

        assertThat(isOpen(hours, "2026-11-23T08:00")).isTrue();
        assertThat(isOpen(hours, "2026-11-23T07:59:59.999")).isFalse();
        assertThat(isOpen(hours, "2026-11-23T19:59:59.999")).isTrue();
        assertThat(isOpen(hours, "2026-11-23T20:00")).isFalse();
    }

    @Test
    void knowsNoEndWhereTwoDaysTouchAtMidnight() {
        var always = hours(0, 24 * 60, Duration.ofMinutes(10));

        assertThat(isOpen(always, "2026-11-23T23:55")).isTrue();
        assertThat(isOpen(always, "2026-11-24T00:00")).isTrue();
    }

    @Test
    void joinsHoursThatTouchSoThatTheGuardDoesNotBiteBetweenThem() {
        var split = new Hours(
                List.of(new LocalHours(DAILY, 480, 720), new LocalHours(DAILY, 720, 1_000)),
                PARIS,
                Duration.ofMinutes(10));

        assertThat(isOpen(split, "2026-11-23T11:55")).isTrue();
    }

    @Test
    void intersectsTheHoursOfSeveralRulesInSeveralZones() {
        var paris = hours(9 * 60, 12 * 60, Duration.ZERO);
        var saigon = new Hours(
                List.of(new LocalHours(DAILY, 17 * 60, 22 * 60)), ZoneId.of("Asia/Ho_Chi_Minh"), Duration.ZERO);

        var span = Windows.next(List.of(paris, saigon), at("2026-11-23T09:00")).orElseThrow();

        assertThat(span.start()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(span.end()).isEqualTo("2026-11-23T11:00:00Z");
    }

    @Test
    void findsNothingWhereTwoRulesNeverMeet() {
        var morning = hours(8 * 60, 9 * 60, Duration.ZERO);
        var evening = hours(20 * 60, 21 * 60, Duration.ZERO);

        assertThat(Windows.next(List.of(morning, evening), at("2026-11-23T09:00")))
                .isEmpty();
    }

    @Test
    void waitsForTheNextAllowedWeekday() {
        var mondays = new Hours(List.of(new LocalHours(EnumSet.of(DayOfWeek.MONDAY), 600, 700)), PARIS, Duration.ZERO);

        assertThat(Windows.next(mondays, at("2026-11-24T00:00")).orElseThrow().start())
                .isEqualTo(at("2026-11-30T10:00"));
    }

    private static Hours hours(int from, int to, Duration guard) {
        return new Hours(List.of(new LocalHours(DAILY, from, to)), PARIS, guard);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    private static boolean isOpen(Hours hours, String local) {
        return Windows.next(hours, at(local))
                .filter(span -> span.contains(at(local)))
                .isPresent();
    }
}

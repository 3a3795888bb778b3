// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import static dev.throughline.policy.Shop.VIETNAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.consent.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Over ten years and in every zone of the tz database no advertisement may leave outside the hours of Decree 91/2020/ND-CP art. 13, by the
 * clock on the recipient's wall, also on the days around each change of that clock.
 */
class WindowLawsTest {

    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration TEN_YEARS = Duration.ofDays(3653);
    private static final LocalTime OPENS = LocalTime.of(7, 0);

    private static final LocalTime CLOSES = LocalTime.of(22, 0);

    /** How long a message may be on its way, so that it arrives in hours, too. */
    private static final Duration GUARD = Duration.ofMinutes(10);

    private static final int MOMENTS = 40;

    private final Shop shop = Shop.withConsent();
    private final Facts ad = shop.ad("2026-11-23T09:00");

    @Test
    void nothingLeavesOutsideTheHoursInAnyZone() {
        var random = new Random(42);
        for (String name : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(name);
            for (Instant now : moments(zone, random)) {
                check(zone, now);
            }
        }
    }

    private void check(ZoneId zone, Instant now) {
        Timing timing = VIETNAM.window(at(zone, now));
        if (timing.allowed()) {
            assertThat(inHours(zone, now)).as("%s at %s", zone, now).isTrue();
            Instant last = Objects.requireNonNull(timing.until()).minusNanos(1);
            assertThat(inHours(zone, last)).as("%s until %s", zone, last).isTrue();
        } else {
            Instant then = Objects.requireNonNull(timing.notBefore());
            assertThat(inHours(zone, then)).as("%s not before %s", zone, then).isTrue();
            assertThat(VIETNAM.window(at(zone, then)).allowed())
                    .as("%s at %s", zone, then)
                    .isTrue();
            assertThat(then).isBefore(now.plus(Duration.ofHours(36)));
        }
    }

    private static boolean inHours(ZoneId zone, Instant leaving) {
        return isOpen(zone, leaving) && isOpen(zone, leaving.plus(GUARD).minusNanos(1));
    }

    private static boolean isOpen(ZoneId zone, Instant instant) {
        LocalTime local = instant.atZone(zone).toLocalTime();
        return !local.isBefore(OPENS) && local.isBefore(CLOSES);
    }

    private Facts at(ZoneId zone, Instant now) {
        Question asked = ad.standing().question();
        var question = new Question(asked.holder(), asked.controller(), asked.channel(), asked.purpose(), now);
        return ad.standing(shop.state.standing(question)).zone(zone);
    }

    private static List<Instant> moments(ZoneId zone, Random random) {
        var moments = new ArrayList<Instant>();
        for (int i = 0; i < MOMENTS; i++) {
            moments.add(START.plusSeconds((long) (random.nextDouble() * TEN_YEARS.toSeconds())));
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(START);
        while (change != null && change.getInstant().isBefore(START.plus(TEN_YEARS))) {
            for (int hours = -30; hours <= 30; hours += 6) {
                moments.add(change.getInstant().plus(Duration.ofHours(hours)).plusSeconds(random.nextInt(21_600)));
            }
            moments.add(change.getInstant());
            moments.add(change.getInstant().minusNanos(1));
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return moments;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverLetsMoreThanItsNumberGoInAnyStretchOfItsTime(long seed) {
        var random = new Random(seed);
        int number = 1 + random.nextInt(80);
        var limit = RateLimit.perSecond(number).atOnce(1 + random.nextInt(number));
        var left = left(limit, random, Duration.ofSeconds(20));

        for (int from = 0; from + number < left.size(); from++) {
            assertThat(Duration.between(left.get(from), left.get(from + number)))
                    .as("seed %s, %s, message %s", seed, limit, from)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "10, 180", "50, 900", "1000, 18000"})
    void letsNineTenthsGoWhereEnoughWait(int number, int least) {
        var limit = RateLimit.perSecond(number);
        var mark = NOW;
        int left = 0;
        for (Instant now = NOW; now.isBefore(NOW.plusSeconds(20)); now = now.plusMillis(10)) {
            int free = limit.free(mark, now);
            mark = limit.after(mark, now, free);
            left += free;
        }

        assertThat(left).isBetween(least, 20 * number);
    }

    @Test
    void saysWhenTheNextMayGo() {
        var limit = RateLimit.perSecond(4).atOnce(1);
        var mark = limit.after(NOW, NOW, 1);

        assertThat(limit.free(mark, NOW)).isZero();
        assertThat(limit.untilNext(mark, NOW)).isEqualTo(Duration.ofMillis(250));
        assertThat(limit.free(mark, NOW.plusMillis(250))).isOne();
    }

    @Test
    void isNotStoppedByAMarkFromAClockThatHasJumpedBack() {
        var limit = RateLimit.perSecond(10).atOnce(1);

        assertThat(limit.free(NOW.plus(Duration.ofHours(1)), NOW)).isOne();
        assertThat(limit.free(NOW.plusMillis(105), NOW)).isZero();
    }

    @Test
    void refusesNumbersThatAreNoLimit() {
        assertThatThrownBy(() -> RateLimit.perSecond(0))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("rate limit of 0 per PT1S: expected 1 to 1000000 in a time of at most PT24H");
        assertThatThrownBy(() -> RateLimit.perSecond(5).atOnce(6))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("rate limit of 5 per PT1S, 6 at once: expected 1 to 5");
    }

    /** Instants at which messages left that somebody asked for at random moments. */
    private static List<Instant> left(RateLimit limit, Random random, Duration time) {
        var left = new ArrayList<Instant>();
        Instant mark = NOW;
        for (Instant now = NOW; now.isBefore(NOW.plus(time)); now = now.plusNanos(random.nextInt(200_000_000))) {
            int taken = random.nextInt(limit.free(mark, now) + 1);
            mark = limit.after(mark, now, taken);
            for (int each = 0; each < taken; each++) {
                left.add(now);
            }
        }
        return left;
    }
}

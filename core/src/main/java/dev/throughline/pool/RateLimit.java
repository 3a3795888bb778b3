// SPDX-License-Identifier: Apache-2.0
package dev.throughline.pool;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast messages may leave through one adapter, all hosts of a store together: never more than {@code number} in any stretch of time
 * as long as {@code per}, wherever it begins. Hosts that name different limits for one adapter, as while a release is rolled out, stay
 * together within the largest of them. They leave evenly, up to {@code atOnce} of them together. Counted when a host begins to send.
 *
 * <p>It is the generic cell rate algorithm (ITU-T I.371, annex A): all that is remembered is the <em>mark</em>, the instant at which as
 * many as {@code atOnce} may leave together again.
 *
 * @param number how many, 1 to 1,000,000
 * @param per in which time, up to a day
 * @param atOnce how many of them together, 1 to {@code number}; the more, the slower the rest
 */
public record RateLimit(int number, Duration per, int atOnce) {

    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int PART_AT_ONCE = 10;

    /**
     * Checks the numbers.
     *
     * @throws ThroughlineException if one is out of range
     */
    public RateLimit {
        Given.required("rate limit", "per", per);
        if (number < 1 || number > MOST || per.isNegative() || per.isZero() || per.compareTo(LONGEST) > 0) {
            throw new ThroughlineException("rate limit of " + number + " per " + per + ": expected 1 to " + MOST
                    + " in a time of at most " + LONGEST);
        }
        if (atOnce < 1 || atOnce > number) {
            throw new ThroughlineException(
                    "rate limit of " + number + " per " + per + ", " + atOnce + " at once: expected 1 to " + number);
        }
    }

    /**
     * So many in each time, a tenth of them at once.
     *
     * @param number how many
     * @param per in which time
     * @return the limit
     * @throws ThroughlineException if it is not 1 to 1,000,000 in up to a day
     */
    public static RateLimit of(int number, Duration per) {
        return new RateLimit(number, per, Math.max(1, number / PART_AT_ONCE));
    }

    /**
     * So many in any second.
     *
     * @param number how many
     * @return the limit
     * @throws ThroughlineException if it is not 1 to 1,000,000
     */
    public static RateLimit perSecond(int number) {
        return of(number, Duration.ofSeconds(1));
    }

    /**
     * So many in any minute.
     *
     * @param number how many
     * @return the limit
     * @throws ThroughlineException if it is not 1 to 1,000,000
     */
    public static RateLimit perMinute(int number) {
        return of(number, Duration.ofMinutes(1));
    }

    /**
     * The same limit with another number of messages together. What leaves together comes off the even flow: with {@code n} messages per
     * second, {@code b} of them at once, the flow is {@code n - b + 1} per second.
     *
     * @param most how many, 1 to {@code number}
     * @return the changed limit
     * @throws ThroughlineException if it is another number
     */
    public RateLimit atOnce(int most) {
        return new RateLimit(number, per, most);
    }

    /**
     * How many may leave now.
     *
     * @param mark the mark
     * @param now the present, by the clock that the mark is of
     * @return 0 to {@code atOnce}
     */
    public int free(Instant mark, Instant now) {
        return (int) ((full() - debt(mark, now)) / interval());
    }

    /**
     * The mark once some have left.
     *
     * @param mark the mark before
     * @param now when they left
     * @param number how many, up to what was {@link #free}
     * @return the new mark
     */
    public Instant after(Instant mark, Instant now, int number) {
        return now.plusNanos(debt(mark, now) + number * interval());
    }

    /**
     * How long until one more may leave.
     *
     * @param mark the mark
     * @param now the present
     * @return zero if one may leave now
     */
    public Duration untilNext(Instant mark, Instant now) {
        return Duration.ofNanos(Math.max(0, debt(mark, now) + interval() - full()));
    }

    /** Nanoseconds between two messages of the even flow, rounded up so that no stretch of time holds one too many. */
    private long interval() {
        int parts = number - atOnce + 1;
        return (per.toNanos() + parts - 1) / parts;
    }

    private long full() {
        return atOnce * interval();
    }

    /**
     * How far the mark lies ahead. One that lies farther than it can be is of a clock that has been put back: by a little, and it is waited
     * for; by more than a whole stretch of time, and it counts no more.
     */
    private long debt(Instant mark, Instant now) {
        Duration ahead = Duration.between(now, mark);
        if (ahead.isNegative() || ahead.compareTo(per.plusNanos(full())) > 0) {
            return 0;
        }
        return Math.min(full(), ahead.toNanos());
    }
}

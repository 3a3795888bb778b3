// SPDX-License-Identifier: Apache-2.0
package dev.throughline.consent;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.LocalTime;

/**
 * How often and at what hours somebody wants to be written to. It only narrows what law and consent allow: to allow more takes an
 * {@link Agreement} in a grant. Immutable.
 *
 * @param most how many messages within the time; 0 if she does not mind
 * @param within within what sliding time; zero if she does not mind
 * @param from the first minute of the day, by the recipient's clock
 * @param to the minute of the day before which it ends, up to 1440; 0 if she does not mind
 */
public record Wish(int most, Duration within, int from, int to) {

    /** No wish: as law and consent have it. */
    public static final Wish NONE = new Wish(0, Duration.ZERO, 0, 0);

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MOST = 100;
    private static final int DAY = 24 * 60;

    static final Codec<Wish> CODEC = Codec.of(
            (wish, out) -> {
                out.number(1, wish.most);
                out.number(2, wish.within.toSeconds());
                out.number(3, wish.from);
                out.number(4, wish.to);
            },
            in -> new Wish(
                    (int) in.number(1), Duration.ofSeconds(in.number(2)), (int) in.number(3), (int) in.number(4)));

    /**
     * Checks the numbers.
     *
     * @throws ThroughlineException if it is not at most 1 to 100 messages within an hour to 31 days, or hours that begin before they end
     */
    public Wish {
        Given.required("wish", "within", within);
        boolean limited =
                most >= 1 && most <= MOST && within.compareTo(SHORTEST) >= 0 && within.compareTo(LONGEST) <= 0;
        if (!limited && !(most == 0 && within.isZero())) {
            throw new ThroughlineException("wish for at most " + most + " messages within " + within
                    + ": expected 1 to 100 within PT1H to P31D");
        }
        if (!(from == 0 && to == 0) && !(from >= 0 && from < to && to <= DAY)) {
            throw new ThroughlineException("wish for hours from minute " + from + " to " + to
                    + " of the day: expected a beginning before an end, within one day");
        }
    }

    /**
     * Not more messages than these.
     *
     * @param messages how many, 1 to 100
     * @param time within what sliding time, an hour to 31 days
     * @return the changed wish
     */
    public Wish atMost(int messages, Duration time) {
        return new Wish(messages, time, from, to);
    }

    /**
     * Only at these hours of each day, by the recipient's clock.
     *
     * @param first when they begin
     * @param end when they end; midnight for the end of the day
     * @return the changed wish
     */
    public Wish between(LocalTime first, LocalTime end) {
        int last = minute(Given.required("wish", "end", end));
        return new Wish(most, within, minute(Given.required("wish", "first", first)), last == 0 ? DAY : last);
    }

    /**
     * Whether it limits how often.
     *
     * @return whether
     */
    public boolean limits() {
        return most > 0;
    }

    /**
     * Whether it names hours.
     *
     * @return whether
     */
    public boolean hasHours() {
        return to > 0;
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Channel;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Over which channels a message is told, one after the other.
 *
 * @param legs the legs, the first one unconditional
 */
public record Route(List<Leg> legs) {

    /** Copies the list. */
    public Route {
        legs = List.copyOf(legs);
    }

    /** When a leg is taken. */
    public enum When {
        /** At once. */
        FIRST,
        /** When nobody has responded for a while to the leg before, counted from its sending. */
        NO_RESPONSE,
        /** At once when the leg before ended without being sent. */
        UNDELIVERABLE
    }

    /**
     * One leg.
     *
     * @param channel over which channel
     * @param when when it is taken
     * @param after how long a response is waited for; zero for the others
     */
    public record Leg(Channel channel, When when, Duration after) {}

    /**
     * A route of one leg.
     *
     * @param channel over which channel
     * @return the route
     */
    public static Route first(Channel channel) {
        Given.required("route", "first", channel);
        return new Route(List.of(new Leg(channel, When.FIRST, Duration.ZERO)));
    }

    /**
     * And over another channel if nobody responds. A response is a click, a visit, a reply or a purchase, never an open.
     *
     * @param time how long to wait, counted from the sending; the leg is skipped if the one before was not sent
     * @param channel the other channel
     * @return the longer route
     */
    public Route thenIfNoResponse(Duration time, Channel channel) {
        Given.required("route thenIfNoResponse", "time", time);
        Given.required("route thenIfNoResponse", "channel", channel);
        if (!Message.isTime(time)) {
            throw new ThroughlineException("route over " + channel + ": waits " + time
                    + " for a response, expected more than none and at most " + Message.LONGEST);
        }
        return with(new Leg(channel, When.NO_RESPONSE, time));
    }

    /**
     * And over another channel if the leg before ended without being sent.
     *
     * @param channel the other channel
     * @return the longer route
     */
    public Route thenIfUndeliverable(Channel channel) {
        Given.required("route", "thenIfUndeliverable", channel);
        return with(new Leg(channel, When.UNDELIVERABLE, Duration.ZERO));
    }

    private Route with(Leg leg) {
        var more = new ArrayList<>(legs);
        more.add(leg);
        return new Route(more);
    }
}

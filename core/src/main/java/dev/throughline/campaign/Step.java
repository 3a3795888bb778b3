// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import dev.throughline.wire.CompactMap;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a journey; data. */
public sealed interface Step {

    /**
     * Waits.
     *
     * @param time for how long
     */
    record Delay(Duration time) implements Step {}

    /**
     * Waits by the calendar and clock of the customer's zone, always until later than now. Her zone is that of her profile, or else
     * the campaign's.
     *
     * @param days how many calendar days; 0 for the next time that her clock shows the time of day
     * @param weekday on which day of the week, or {@code null} for any; only where no days are counted
     * @param at at which time of that day; {@code null} keeps the present one, and only where days are counted
     */
    record CalendarDelay(
            int days, @Nullable DayOfWeek weekday, @Nullable LocalTime at) implements Step {}

    /**
     * Waits until a date that is known of the customer. The date is read when the wait begins; a change of it moves nothing.
     *
     * @param date which date; one that is more than 36,500 days ahead counts as unknown
     * @param ifPast what to do if it has passed or is unknown
     */
    record DateDelay(DateRule date, IfPast ifPast) implements Step {}

    /**
     * Waits for an event.
     *
     * @param rule which
     * @param atMost for how long
     * @param happened what follows the event
     * @param timeout what follows when it did not come
     */
    record Await(EventRule rule, Duration atMost, List<Step> happened, List<Step> timeout) implements Step {}

    /**
     * Waits until a condition holds. It is tested at once, with every touchpoint of the customer, and when an occurrence falls out of
     * one of its windows.
     *
     * @param condition which
     * @param atMost for how long
     * @param met what follows when it holds
     * @param timeout what follows when it did not hold in time
     */
    record Until(Condition condition, Duration atMost, List<Step> met, List<Step> timeout) implements Step {}

    /**
     * Says something of the customer, as an identify call does.
     *
     * @param name the trait
     * @param value its value; {@code null} removes it
     */
    record SetTrait(String name, @Nullable Object value) implements Step {}

    /**
     * Goes one of two ways.
     *
     * @param condition which way
     * @param then where it holds
     * @param otherwise where it does not
     */
    record Branch(Condition condition, List<Step> then, List<Step> otherwise) implements Step {}

    /**
     * Goes the first of several ways that is open.
     *
     * @param options the ways, in the order in which they are tried
     * @param otherwise where none is open; if it is {@code null}, the journey ends there
     */
    record Choice(List<Option> options, @Nullable List<Step> otherwise) implements Step {}

    /**
     * One of several ways.
     *
     * @param condition when it is open
     * @param then its steps
     */
    record Option(Condition condition, List<Step> then) {}

    /**
     * Goes the way that was drawn for the customer.
     *
     * @param name names the draw, which experiments of one name share
     * @param variants the ways, 100 percent together
     */
    record Experiment(String name, List<Variant> variants) implements Step {

        /** The way of a point in [0, 1). */
        int way(double point) {
            int bound = 0;
            for (int i = 0; i < variants.size() - 1; i++) {
                bound += variants.get(i).percent();
                if (point < bound / 100.0) {
                    return i;
                }
            }
            return variants.size() - 1;
        }
    }

    /**
     * One way of an experiment.
     *
     * @param name its name
     * @param percent how many of a hundred customers go it
     * @param steps its steps
     */
    record Variant(String name, int percent, List<Step> steps) {}

    /**
     * Tells a message and waits for its verdict.
     *
     * @param message what
     * @param route over which channels
     */
    record Send(Message message, Route route) implements Step {}

    /**
     * Calls a function of the host and waits for its answer.
     *
     * @param function the function's name
     * @param arguments what it is given
     * @param name under which name the answer is kept
     * @param retry how often it is tried
     * @param ifFails what follows when it has failed for good; if it is {@code null}, the journey ends there
     */
    record Call(
            String function,
            Arguments arguments,
            String name,
            Retry retry,
            @Nullable List<Step> ifFails) implements Step {

        static final Retry USUAL = new Retry(4, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }

    /**
     * What a function is given; no name stands in both.
     *
     * @param constants values
     * @param paths where values are found when it is called, such as {@code event.order_id}
     */
    record Arguments(Map<String, @Nullable Object> constants, Map<String, String> paths) {

        /** Copies the maps, in the order of names. */
        public Arguments {
            constants = CompactMap.copyOf(constants);
            paths = CompactMap.copyOf(paths);
        }
    }

    /**
     * How often a function is tried.
     *
     * @param attempts how often at most
     * @param backoff how long before the second attempt; four times as long before each further one
     * @param deadline how long each may take
     */
    record Retry(int attempts, Duration backoff, Duration deadline) {}

    /**
     * Ends the journey.
     *
     * @param reason why, for the timeline; may be empty
     */
    record End(String reason) implements Step {}
}

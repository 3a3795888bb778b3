// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a journey down, step by step. Not thread-safe; lives within the lambda it is given to. */
public final class JourneyBuilder {

    private final String campaign;
    private final boolean nested;
    private final List<Step> steps = new ArrayList<>();
    private final List<EventRule> exits = new ArrayList<>();
    private @Nullable EventRule entry;
    private boolean once;
    private String key = "";

    JourneyBuilder(String campaign, boolean nested) {
        this.campaign = campaign;
        this.nested = nested;
    }

    /**
     * Starts the journey when something happens. A customer is in a journey once at a time, or once for each key.
     *
     * @param rule what
     * @return this
     */
    public JourneyBuilder startOn(EventRule rule) {
        top("startOn");
        if (entry != null) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' starts on " + entry + " already, not also on " + rule);
        }
        entry = rule;
        return this;
    }

    /**
     * Lets a customer enter once in her life.
     *
     * @return this
     */
    public JourneyBuilder once() {
        top("once");
        once = true;
        return this;
    }

    /**
     * Runs one instance for each value of a property of the starting event, such as each order.
     *
     * @param property the property
     * @return this
     */
    public JourneyBuilder keyedBy(String property) {
        top("keyedBy");
        key = property;
        return this;
    }

    /**
     * Ends the journey, wherever it stands, when something happens; a message that waits is cancelled.
     *
     * @param rule what
     * @return this
     */
    public JourneyBuilder exitOn(EventRule rule) {
        top("exitOn");
        exits.add(rule);
        return this;
    }

    /**
     * Waits for a duration: 24 hours are 24 hours, whatever the calendar says.
     *
     * @param time how long
     * @return this
     */
    public JourneyBuilder delay(Duration time) {
        requirePositive("delay", time);
        steps.add(new Step.Delay(time));
        return this;
    }

    /**
     * Waits until something happens, and goes on after it.
     *
     * @param rule what
     * @param atMost how long
     * @param happened what to do then
     * @param timeout what to do when it did not happen in time
     * @return this
     */
    public JourneyBuilder waitUntil(
            EventRule rule, Duration atMost, Consumer<JourneyBuilder> happened, Consumer<JourneyBuilder> timeout) {
        requirePositive("waitUntil", atMost);
        steps.add(new Step.Await(rule, atMost, block(happened), block(timeout)));
        return this;
    }

    /**
     * Goes one of two ways, and on after it.
     *
     * @param condition which way
     * @param then what to do where it holds
     * @param otherwise what to do where it does not
     * @return this
     */
    public JourneyBuilder branch(
            Condition condition, Consumer<JourneyBuilder> then, Consumer<JourneyBuilder> otherwise) {
        steps.add(new Step.Branch(condition, block(then), block(otherwise)));
        return this;
    }

    /**
     * Tells a message.
     *
     * @param message what
     * @param route over which channels; the message must have a wording for each
     * @return this
     */
    public JourneyBuilder send(Message message, Route route) {
        for (Route.Leg leg : route.legs()) {
            if (!message.channels().contains(leg.channel())) {
                throw new ThroughlineException(
                        "campaign '" + campaign + "' sends message '" + message.name() + "' over " + leg.channel()
                                + ", for which it has no wording: expected one of " + message.channels());
            }
        }
        steps.add(new Step.Send(message, route));
        return this;
    }

    /**
     * Ends the journey here.
     *
     * @return this
     */
    public JourneyBuilder end() {
        steps.add(new Step.End());
        return this;
    }

    /** What has been written down so far. */
    List<Step> steps() {
        return steps;
    }

    Campaign build() {
        if (entry == null) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "' has no startOn: expected the event that starts it");
        }
        if (steps.isEmpty()) {
            throw new ThroughlineException("campaign '" + campaign + "' has no step: expected one at least");
        }
        return new Campaign(campaign, entry, once, key, List.copyOf(exits), List.copyOf(steps));
    }

    private List<Step> block(Consumer<JourneyBuilder> writer) {
        var inner = new JourneyBuilder(campaign, true);
        writer.accept(inner);
        return List.copyOf(inner.steps);
    }

    private void top(String what) {
        if (nested) {
            throw new ThroughlineException(
                    "campaign '" + campaign + "': " + what + " within a branch, expected at the journey's top");
        }
    }

    private void requirePositive(String what, Duration time) {
        if (!Message.isTime(time)) {
            throw new ThroughlineException("campaign '" + campaign + "': " + what + " of " + time
                    + ", expected more than none and at most " + Message.LONGEST);
        }
    }
}

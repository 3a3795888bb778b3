// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.message.Message;
import dev.throughline.segment.Condition;
import java.time.Duration;
import java.util.List;

/** One step of a journey; data. */
public sealed interface Step {

    /**
     * Waits.
     *
     * @param time for how long
     */
    record Delay(Duration time) implements Step {}

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
     * Goes one of two ways.
     *
     * @param condition which way
     * @param then where it holds
     * @param otherwise where it does not
     */
    record Branch(Condition condition, List<Step> then, List<Step> otherwise) implements Step {}

    /**
     * Tells a message and waits for its verdict.
     *
     * @param message what
     * @param route over which channels
     */
    record Send(Message message, Route route) implements Step {}

    /** Ends the journey. */
    record End() implements Step {}
}

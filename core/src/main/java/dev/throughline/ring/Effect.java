// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.MessageId;
import java.time.Instant;

/** What a step wants done; data, carried out by the engine in one commit with the new state. */
public sealed interface Effect {

    /**
     * Sets a timer, or moves it if it is set.
     *
     * @param timer its name under this key
     * @param due when it is due
     */
    record SetTimer(String timer, Instant due) implements Effect {}

    /**
     * Cancels a timer; cancelling one that is not set does nothing.
     *
     * @param timer its name under this key
     */
    record CancelTimer(String timer) implements Effect {}

    /**
     * Tells another key; arrives at least once, in any order.
     *
     * @param to who
     * @param payload what
     */
    record Tell(Key to, Payload payload) implements Effect {}

    /**
     * Asks a port of the host; the answer comes back as {@link Input.Answered}, or never if the process dies, so whoever asks sets
     * a timer.
     *
     * @param port the port's name
     * @param question what
     */
    record Ask(String port, Payload question) implements Effect {}

    /**
     * Puts a decided message into the outbox.
     *
     * @param outgoing the row
     */
    record Enqueue(Outgoing outgoing) implements Effect {}

    /**
     * Takes a message out of the outbox. If it was still there, this key receives {@link Withdrawn} in the same commit; if it is
     * already being sent nothing comes but its outcome.
     *
     * @param message which
     */
    record Cancel(MessageId message) implements Effect {}

    /**
     * Puts this key into a named set, or takes it out; doing so twice is doing it once.
     *
     * @param index the set's name, such as {@code segment/vip}
     * @param in whether the key belongs to it from now on
     */
    record Index(String index, boolean in) implements Effect {}

    /**
     * Removes what a store has under this key: timers, rows of the outbox, what is told to it or recorded for it, routes that lead here, and
     * a customer's or a contact point's lines in the logs, of which only {@link Payload#bare} is left. What this unit does afterwards stays.
     *
     * @param subject under whose name bare lines go on; empty if under this key's
     * @param state whether the state is removed as well, as long as no later step of this unit changes it
     */
    record Erase(String subject, boolean state) implements Effect {}

    /**
     * Appends to a log.
     *
     * @param entry the line
     */
    @SuppressWarnings("JavaLangClash") // the ring's own word; nobody needs the other one here
    record Record(Entry entry) implements Effect {}
}

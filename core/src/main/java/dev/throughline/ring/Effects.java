// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the effects of steps, in order. Not thread-safe. */
public final class Effects {

    private final List<Effect> effects = new ArrayList<>(4);

    /** Without effects so far. */
    public Effects() {}

    /**
     * Adds {@link Effect.SetTimer}.
     *
     * @param timer the timer's name
     * @param due when it is due
     */
    public void setTimer(String timer, Instant due) {
        effects.add(new Effect.SetTimer(timer, due));
    }

    /**
     * Adds {@link Effect.CancelTimer}.
     *
     * @param timer the timer's name
     */
    public void cancelTimer(String timer) {
        effects.add(new Effect.CancelTimer(timer));
    }

    /**
     * Adds {@link Effect.Tell}.
     *
     * @param to who
     * @param payload what
     */
    public void tell(Key to, Payload payload) {
        effects.add(new Effect.Tell(to, payload));
    }

    /**
     * Adds {@link Effect.Ask}.
     *
     * @param port the port's name
     * @param question what
     */
    public void ask(String port, Payload question) {
        effects.add(new Effect.Ask(port, question));
    }

    /**
     * Adds {@link Effect.Enqueue}.
     *
     * @param outgoing the row
     */
    public void enqueue(Outgoing outgoing) {
        effects.add(new Effect.Enqueue(outgoing));
    }

    /**
     * Adds {@link Effect.Cancel}.
     *
     * @param message which
     */
    public void cancel(MessageId message) {
        effects.add(new Effect.Cancel(message));
    }

    /**
     * Adds {@link Effect.Index}: this key is in a named set from now on.
     *
     * @param index the set's name
     */
    public void enter(String index) {
        effects.add(new Effect.Index(index, true));
    }

    /**
     * Adds {@link Effect.Index}: this key is not in a named set any more.
     *
     * @param index the set's name
     */
    public void leave(String index) {
        effects.add(new Effect.Index(index, false));
    }

    /**
     * Adds {@link Effect.Erase}.
     *
     * @param subject under whose name bare lines go on; empty if under this key's
     * @param state whether the state is removed as well
     */
    public void erase(String subject, boolean state) {
        effects.add(new Effect.Erase(subject, state));
    }

    /**
     * Adds {@link Effect.Record}.
     *
     * @param entry the line
     */
    public void append(Entry entry) {
        effects.add(new Effect.Record(entry));
    }

    /**
     * What was collected.
     *
     * @return the effects, in order; not a copy
     */
    public List<Effect> list() {
        return effects;
    }
}

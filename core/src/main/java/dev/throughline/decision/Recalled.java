// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Payload;
import dev.throughline.wire.Codec;

/**
 * The dispatch gives a row back unsent; the contact point receives it.
 *
 * @param message which
 * @param attempt which attempt would have been next, from 1
 * @param why what is to become of it
 * @param detail by whom and why; empty if nobody did it
 */
public record Recalled(MessageId message, int attempt, Why why, String detail) implements Payload {

    /** How it is stored. */
    public static final Codec<Recalled> CODEC = Codec.of(
            (recalled, out) -> {
                out.string(1, recalled.message.value());
                out.constant(2, recalled.why);
                out.string(3, recalled.detail);
                out.number(4, recalled.attempt);
            },
            in -> new Recalled(
                    new MessageId(in.string(1)), (int) in.number(4), in.constant(2, Why.OVERDUE), in.string(3)));

    /** What is to become of a recalled row. */
    public enum Why {
        /** Its ticket has run out: it is decided again. */
        OVERDUE,
        /** A kill switch drops it. */
        KILL_SWITCH,
        /** Its campaign was stopped. */
        JOURNEY_STOPPED,
        /** The delivery mode does not let it out. */
        DELIVERY_MODE,
        /** The approval of what it says was withdrawn while it lay in the outbox: it is decided again. */
        APPROVAL_WITHDRAWN
    }

    /**
     * Whether it ends an attempt that had begun, so that the row is gone.
     *
     * @return whether it does
     */
    public boolean isAttempt() {
        return why == Why.DELIVERY_MODE || why == Why.APPROVAL_WITHDRAWN;
    }
}

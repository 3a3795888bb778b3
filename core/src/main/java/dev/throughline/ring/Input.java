// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;

/** What a step is given. Its id is unique for the key that receives it, and the same in every replay. */
public sealed interface Input {

    /**
     * Names the input.
     *
     * @return the id, from which the ids of everything it causes are derived
     */
    String id();

    /**
     * Something happened.
     *
     * @param touchpoint what
     */
    record Happened(Touchpoint touchpoint) implements Input {
        @Override
        public String id() {
            return touchpoint.id();
        }
    }

    /**
     * A timer is due. A timer that the aggregate does not know (any more) is a no-op.
     *
     * @param id names the input
     * @param timer which timer
     * @param due for when it was set
     */
    record Due(String id, String timer, Instant due) implements Input {}

    /**
     * Another key has told something.
     *
     * @param id names the input
     * @param from who
     * @param payload what
     */
    record Told(String id, Key from, Payload payload) implements Input {}

    /**
     * A port has answered.
     *
     * @param id names the input
     * @param payload the answer, which repeats what was asked
     */
    record Answered(String id, Payload payload) implements Input {}

    /**
     * The outside has reported: the outcome of an attempt, a receipt, a reply.
     *
     * @param id names the input
     * @param payload the report
     */
    record Received(String id, Payload payload) implements Input {}
}

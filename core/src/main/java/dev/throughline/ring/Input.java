// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Another key has told something. Immutable. */
    final class Told implements Input {

        private final Key from;
        private final Payload payload;
        private final @Nullable Input cause;
        private final int index;

        /** Made when somebody asks: within a turn hardly anybody does. Two threads would make the same. */
        private @Nullable String id;

        /**
         * Told by name.
         *
         * @param id names the input
         * @param from who
         * @param payload what
         */
        public Told(String id, Key from, Payload payload) {
            this(null, 0, from, payload, id);
        }

        private Told(@Nullable Input cause, int index, Key from, Payload payload, @Nullable String id) {
            this.cause = cause;
            this.index = index;
            this.from = from;
            this.payload = payload;
            this.id = id;
        }

        /**
         * Told because of another input; the name follows from that.
         *
         * @param cause what made somebody tell it
         * @param index its place among the effects of that input
         * @param from who
         * @param payload what
         * @return the input
         */
        public static Told after(Input cause, int index, Key from, Payload payload) {
            return new Told(cause, index, from, payload, null);
        }

        @Override
        public String id() {
            String known = id;
            if (known == null) {
                known = Objects.requireNonNull(cause).id() + "." + index;
                id = known;
            }
            return known;
        }

        /**
         * Who has told it.
         *
         * @return the key
         */
        public Key from() {
            return from;
        }

        /**
         * What is told.
         *
         * @return the payload
         */
        public Payload payload() {
            return payload;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Told told
                    && id().equals(told.id())
                    && from.equals(told.from)
                    && payload.equals(told.payload);
        }

        @Override
        public int hashCode() {
            return id().hashCode();
        }

        @Override
        public String toString() {
            return "Told[id=" + id() + ", from=" + from + ", payload=" + payload + "]";
        }
    }

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

    /**
     * The host needs something of a customer's past that was not needed when she was last stepped: a window, a segment, a date. Nothing
     * that is made of it is news; who satisfies a new segment is simply in it.
     *
     * @param id names the input
     * @param generation which needs are met once it is applied
     * @param needs what is new; empty if only looking at her was asked for
     * @param history what has happened to her, the oldest first; empty if nothing that is new is made of it
     */
    record Rebuild(String id, long generation, Set<String> needs, List<Touchpoint> history) implements Input {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;

/**
 * The pure step of one kind of key. Implementations hold rules only; they are immutable and thread-safe.
 *
 * @param <S> the state, immutable
 */
public interface Aggregate<S> {

    /**
     * The state of a key that nothing has happened to.
     *
     * @param key which
     * @return the state
     */
    S initial(Key key);

    /**
     * One step. The same arguments give the same state and effects everywhere. An input that means nothing (any more) returns the
     * same state and adds nothing; it is never an error.
     *
     * @param state the state so far
     * @param input what is new
     * @param now the instant of the step
     * @param out where effects go
     * @return the new state; the same object if nothing changed
     */
    S apply(S state, Input input, Instant now, Effects out);

    /**
     * What the store has to hold for a state to go on. Changes nothing.
     *
     * @param state the state
     * @param now the present
     * @return its waits and messages; by default none
     */
    default Outstanding outstanding(S state, Instant now) {
        return Outstanding.NOTHING;
    }

    /**
     * Under which keys of the same kind something may stand that is to be known of a key without a state, because it was erased.
     *
     * @param key which
     * @return by default none
     */
    default List<Key> standIns(Key key) {
        return List.of();
    }

    /**
     * The state of a key that nothing has happened to since it was erased.
     *
     * @param key which
     * @param standIns the states that stand for it
     * @return by default as if it had never been there
     */
    default S returned(Key key, List<S> standIns) {
        return initial(key);
    }

    /**
     * How the state is stored.
     *
     * @return the codec, which keeps fields that it does not know
     */
    Codec<S> codec();
}

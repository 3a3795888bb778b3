// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Key;
import dev.throughline.ring.Payloads;
import dev.throughline.wire.Codec;
import java.util.Map;

/**
 * How a store turns what it is given into bytes, and what it can know of that.
 *
 * @param states the codec of each kind of state
 * @param payloads the payload types
 * @param witness says what the store has to hold for a state
 */
public record Codecs(Map<Key.Kind, Codec<Object>> states, Payloads payloads, Witness witness) {

    /** Copies the map. */
    public Codecs {
        states = Map.copyOf(states);
    }

    /**
     * Of states that nothing is known of.
     *
     * @param states the codec of each kind of state
     * @param payloads the payload types
     */
    public Codecs(Map<Key.Kind, Codec<Object>> states, Payloads payloads) {
        this(states, payloads, Witness.NONE);
    }

    /**
     * The codec of one kind of state.
     *
     * @param kind the kind
     * @return its codec
     */
    public Codec<Object> state(Key.Kind kind) {
        Codec<Object> codec = states.get(kind);
        if (codec == null) {
            throw new IllegalArgumentException("no codec for the state of a " + kind);
        }
        return codec;
    }
}

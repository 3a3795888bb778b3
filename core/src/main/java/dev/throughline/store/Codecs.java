// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Key;
import dev.throughline.ring.Payloads;
import dev.throughline.wire.Codec;
import java.util.Map;

/**
 * How a store turns what it is given into bytes.
 *
 * @param states the codec of each kind of state
 * @param payloads the payload types
 */
public record Codecs(Map<Key.Kind, Codec<Object>> states, Payloads payloads) {

    /** Copies the map. */
    public Codecs {
        states = Map.copyOf(states);
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

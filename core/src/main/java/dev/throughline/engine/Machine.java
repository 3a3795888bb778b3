// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Codecs;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What an engine turns: the step of each kind of key, and the ports that steps may ask. Immutable.
 *
 * @param steps the step of each kind
 * @param ports answers questions, by the port's name; must not block for long, and may throw
 * @param hosted code of the host, which is asked beside the lanes
 * @param payloads all payload types
 * @param needs what its rooms need of every customer's past
 * @param generation the needs' number in the store that it turns
 */
public record Machine(
        Map<Key.Kind, Aggregate<Object>> steps,
        Map<String, Function<Payload, Payload>> ports,
        HostPorts hosted,
        Payloads payloads,
        Set<String> needs,
        Generation generation) {

    /** Copies the maps. */
    public Machine {
        steps = Map.copyOf(steps);
        ports = Map.copyOf(ports);
        needs = Set.copyOf(needs);
    }

    /**
     * One that turns a store which others have turned, or will.
     *
     * @param opened the needs' number in that store
     * @return the changed machine
     */
    public Machine at(Generation opened) {
        return new Machine(steps, ports, hosted, payloads, needs, opened);
    }

    /**
     * A machine that asks no code of the host beside the lanes.
     *
     * @param steps the step of each kind
     * @param ports answers questions, by the port's name
     * @param payloads all payload types
     */
    public Machine(
            Map<Key.Kind, Aggregate<Object>> steps, Map<String, Function<Payload, Payload>> ports, Payloads payloads) {
        this(steps, ports, HostPorts.NONE, payloads, Set.of(), Generation.NONE);
    }

    /**
     * An aggregate as the engine handles it.
     *
     * @param aggregate any aggregate
     * @return the same, for states of unknown type
     */
    @SuppressWarnings("unchecked") // an aggregate is only ever given states that it made
    public static Aggregate<Object> untyped(Aggregate<?> aggregate) {
        return (Aggregate<Object>) aggregate;
    }

    /**
     * How a store is to keep this machine's states and payloads.
     *
     * @return the codecs
     */
    public Codecs codecs() {
        var states = new EnumMap<Key.Kind, Codec<Object>>(Key.Kind.class);
        steps.forEach((kind, step) -> states.put(kind, step.codec()));
        return new Codecs(states, payloads, this::outstanding);
    }

    /** What a store has to hold for a state; of somebody who is still to be made anew it is not known yet. */
    Outstanding outstanding(Key key, Object state, Instant now) {
        return generation.isBehind(state)
                ? Outstanding.NOTHING
                : step(key.kind()).outstanding(state, now);
    }

    Aggregate<Object> step(Key.Kind kind) {
        Aggregate<Object> step = steps.get(kind);
        if (step == null) {
            throw new IllegalStateException("no step for a " + kind);
        }
        return step;
    }
}

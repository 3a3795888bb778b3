// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.customer.Context;
import dev.throughline.customer.Observed;
import dev.throughline.customer.Slice;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Input;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the windows of all conditions up to date; history fills them as news does. Immutable and thread-safe. */
public final class BehaviourSlice implements Slice<Behaviour> {

    private final Map<String, List<Window>> byEvent = new HashMap<>();
    private final Map<String, Window> byKey = new LinkedHashMap<>();

    /**
     * Remembers for some windows.
     *
     * @param windows the windows of all conditions
     */
    public BehaviourSlice(Collection<Window> windows) {
        windows.forEach(window -> byKey.putIfAbsent(window.key(), window));
        for (Window window : byKey.values()) {
            listen(window.event(), window);
            if (!window.lessEvent().isEmpty()) {
                listen(window.lessEvent(), window);
            }
        }
    }

    @Override
    public String name() {
        return "behaviour";
    }

    @Override
    public Behaviour initial() {
        return Behaviour.NONE;
    }

    @Override
    public Behaviour apply(Behaviour state, Context context, Input input, Effects out) {
        if (input instanceof Input.Told told && told.payload() instanceof Observed observed) {
            Touchpoint touchpoint = observed.touchpoint();
            var listening = byEvent.get(touchpoint.name());
            return listening == null ? state : state.with(listening, touchpoint, at(touchpoint, context.now()));
        }
        return input instanceof Input.Rebuild rebuild ? rebuilt(state, rebuild, context.now()) : state;
    }

    private static Instant at(Touchpoint touchpoint, Instant now) {
        boolean early = touchpoint.occurredAt().isAfter(now); // by a clock that is fast
        return early ? now : touchpoint.occurredAt();
    }

    private Behaviour rebuilt(Behaviour state, Input.Rebuild rebuild, Instant now) {
        var fresh = byKey.values().stream()
                .filter(window -> rebuild.needs().contains(need(window)))
                .toList();
        if (fresh.isEmpty()) {
            return state;
        }
        Behaviour after = state.without(fresh);
        for (Touchpoint touchpoint : rebuild.history()) {
            var listening =
                    fresh.stream().filter(window -> window.listens(touchpoint)).toList();
            after = after.with(listening, touchpoint, at(touchpoint, now));
        }
        return after;
    }

    private static String need(Window window) {
        return PAST + "window/" + window.key();
    }

    @Override
    public List<String> needs() {
        return byKey.values().stream().map(BehaviourSlice::need).toList();
    }

    @Override
    public Behaviour merge(Both<Behaviour> both, Context context, Effects out) {
        return both.survivor().joined(both.absorbed(), byKey);
    }

    @Override
    public Codec<Behaviour> codec() {
        return Behaviour.CODEC;
    }

    private void listen(String event, Window window) {
        byEvent.computeIfAbsent(event, name -> new ArrayList<>()).add(window);
    }
}

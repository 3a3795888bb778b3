// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.ArrayList;
import java.util.List;

/** One step: the instant it happens at and the effects it wants. */
final class Turn {
    private final long now;
    private final List<Effect> effects = new ArrayList<>();

    Turn(long now) {
        this.now = now;
    }

    long now() {
        return now;
    }

    List<Effect> effects() {
        return effects;
    }

    void tell(Key to, Input input) {
        effects.add(new Effect.Tell(to, input));
    }

    void setTimer(String timer, long due) {
        effects.add(new Effect.SetTimer(timer, due));
    }

    void add(Effect effect) {
        effects.add(effect);
    }
}

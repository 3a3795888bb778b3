// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.customer.Merge;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key that has inputs in a turn, and what they have made of it: looked up once a round, and then handed on. */
final class Held {

    /** The same in every run, whatever came first; by hash, because that is quick. */
    static final Comparator<Held> ORDER = Held::order;

    final Key key;
    private final int hash;
    final List<Envelope> inputs = new ArrayList<>(1);
    boolean claimed;
    boolean loaded;

    /** Whether the store has a state. */
    boolean stored;

    @Nullable
    Object state;

    /** What comes before anything else. */
    Input.@Nullable Rebuild rebuild;

    private boolean changed;
    private List<Effect> timers = List.of();

    Held(Key key) {
        this.key = key;
        this.hash = key.hashCode();
    }

    private static int order(Held one, Held other) {
        int byHash = Integer.compare(one.hash, other.hash);
        return byHash != 0 ? byHash : one.key.compareTo(other.key);
    }

    /** Whether something comes by way of a customer who has been absorbed. */
    boolean isMerging() {
        for (Envelope envelope : inputs) {
            if (envelope.input() instanceof Input.Told told && told.payload() instanceof Merge.Forward) {
                return true;
            }
        }
        return false;
    }

    void change(Object after) {
        state = after;
        changed = true;
    }

    /** What a store has under it is removed; what comes later in this unit stays. */
    void erased(boolean withState) {
        timers = List.of();
        changed &= !withState;
        stored &= !withState;
    }

    /** Whether the store will have a state. */
    boolean isThere() {
        return stored || changed;
    }

    /** What is said last of a timer holds. */
    void timer(String name, Effect effect) {
        if (timers.isEmpty()) {
            timers = new ArrayList<>(2);
        }
        for (int i = 0; i < timers.size(); i++) {
            if (name(timers.get(i)).equals(name)) {
                timers.set(i, effect);
                return;
            }
        }
        timers.add(effect);
    }

    private static String name(Effect effect) {
        return effect instanceof Effect.SetTimer set ? set.timer() : ((Effect.CancelTimer) effect).timer();
    }

    void writeTo(Changes changes) {
        if (changed && state != null) {
            changes.change(key, state);
        }
        for (Effect effect : timers) {
            if (effect instanceof Effect.SetTimer set) {
                changes.timersSet().add(new Timer(key, set.timer(), set.due()));
            } else {
                changes.timersCancelled().add(new Changes.TimerName(key, name(effect)));
            }
        }
    }
}

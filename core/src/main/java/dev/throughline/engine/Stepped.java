// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effect;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.store.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the inputs of one round made of one key. Used by one thread at a time. */
final class Stepped {

    private static final Logger LOG = LoggerFactory.getLogger(Stepped.class);

    private final Key key;
    private final Object before;
    private final Effects effects = new Effects();
    private final List<Envelope> applied;
    private final int[] ends;
    private List<DeadLetter> deadLetters = List.of();
    private Object state;

    Stepped(Key key, Object state, int inputs) {
        this.key = key;
        this.applied = new ArrayList<>(inputs);
        this.ends = new int[inputs];
        this.before = state;
        this.state = state;
    }

    /**
     * One step. A poison input is set aside; the state is as it was, and the next input goes on. So it is where code of the host's
     * that steps call lacks a class or calls itself without end.
     */
    void apply(Aggregate<Object> aggregate, Envelope envelope, Instant now) {
        int known = effects.list().size();
        try {
            state = aggregate.apply(state, envelope.input(), now, effects);
            applied.add(envelope);
            ends[applied.size() - 1] = effects.list().size();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError poison) {
            effects.list().subList(known, effects.list().size()).clear();
            deadLetters = new ArrayList<>(deadLetters);
            deadLetters.add(new DeadLetter(envelope, error(poison), now));
            LOG.atError()
                    .addKeyValue("kind", key.kind())
                    .addKeyValue("input", envelope.input().id())
                    .addKeyValue("error", error(poison))
                    .log("an input could not be stepped and was set aside");
        }
    }

    Object state() {
        return state;
    }

    boolean changed() {
        return state != before;
    }

    /** The inputs that were applied, in order. */
    List<Envelope> applied() {
        return applied;
    }

    /** What the steps want done, in order. */
    List<Effect> effects() {
        return effects.list();
    }

    /** Where the effects of an applied input end. */
    int end(int input) {
        return ends[input];
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** What was thrown, and where; the message may hold personal data and is left out. */
    static String error(Throwable poison) {
        StackTraceElement[] trace = poison.getStackTrace();
        return poison.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}

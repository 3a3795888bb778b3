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
    private final List<Applied> applied = new ArrayList<>(1);
    private List<DeadLetter> deadLetters = List.of();
    private Object state;

    Stepped(Key key, Object state) {
        this.key = key;
        this.before = state;
        this.state = state;
    }

    /** An input and what its step wants done. */
    record Applied(Envelope envelope, List<Effect> effects) {}

    /**
     * One step. A poison input is set aside; the state is as it was, and the next input goes on. So it is where code of the host's
     * that steps call lacks a class or calls itself without end.
     */
    void apply(Aggregate<Object> aggregate, Envelope envelope, Instant now) {
        var out = new Effects();
        try {
            state = aggregate.apply(state, envelope.input(), now, out);
            applied.add(new Applied(envelope, out.list()));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError poison) {
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

    List<Applied> applied() {
        return applied;
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

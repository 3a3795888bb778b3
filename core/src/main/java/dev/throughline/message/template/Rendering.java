// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One rendering: the names it sees, its locale and zone, and what it has used up of its limits. Used by one thread, once. */
final class Rendering extends EvaluationContextImpl {
    private static final int UNLIMITED = -1;

    private final Limits limits;
    private final ZoneId zone;
    private final boolean lenient;
    private int iterations;
    private long work;

    Rendering(
            PebbleTemplateImpl self, Limits limits, Map<String, ?> model, Locale locale, ZoneId zone, boolean lenient) {
        // No caches, executor, imported templates or access to methods: the dialect has nothing that asks for them.
        super(
                self,
                true,
                locale,
                UNLIMITED,
                Dialect.REGISTRY,
                null,
                null,
                List.of(),
                Map.of(),
                new Scopes(model),
                null,
                null);
        this.limits = limits;
        this.zone = zone;
        this.lenient = lenient;
    }

    /** Whether what is missing is written as nothing. */
    boolean isLenient() {
        return lenient;
    }

    ZoneId zone() {
        return zone;
    }

    /** Counts one turn of a loop whose body holds {@code weight} expressions. */
    void turn(int weight, int line) {
        iterations++;
        if (iterations > limits.iterations()) {
            throw new Refusal(line, "the loops turn more than " + limits.iterations() + " times together");
        }
        work(weight, line);
    }

    void work(long units, int line) {
        work += units;
        if (work > limits.work()) {
            throw new Refusal(line, "the template needs more than " + limits.work() + " units of work");
        }
    }

    /** Refuses a text of that length before it is made. */
    void room(long length, int line) {
        if (length > limits.characters()) {
            throw new Refusal(line, "a text grows past " + limits.characters() + " characters");
        }
        work(length, line);
    }

    /** Refuses a loop over that many elements before it begins. */
    void turns(long elements, int line) {
        if (elements > limits.iterations() - iterations) {
            throw new Refusal(line, "the loops turn more than " + limits.iterations() + " times together");
        }
    }
}

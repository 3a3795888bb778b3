// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.engine.Ack;
import dev.throughline.identity.ThroughlineException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What became of a batch.
 *
 * @param taken how many were taken and are applied
 * @param refused how many were not
 * @param rejected what was refused, in its order; the first 1,000
 * @param erased how many of those refused are of somebody who was erased
 */
public record Intake(long taken, long refused, List<Rejected> rejected, long erased) {

    private static final int MOST_REJECTED = 1_000;
    private static final int AT_ONCE = 1_000;

    /** Copies the list. */
    public Intake {
        rejected = List.copyOf(rejected);
    }

    /**
     * Of nobody who was erased.
     *
     * @param taken how many were taken and are applied
     * @param refused how many were not
     * @param rejected what was refused
     */
    public Intake(long taken, long refused, List<Rejected> rejected) {
        this(taken, refused, rejected, 0);
    }

    /**
     * One that was refused.
     *
     * @param line its line, or its place among the touchpoints, from 1 on
     * @param json what it said, as JSON; personal data, most likely
     * @param reason where it is at fault, with which value, and what was expected
     */
    public record Rejected(long line, String json, String reason) {}

    /** Takes one by one, some of them at once. */
    static final class Draft<T> {
        private final Function<T, CompletionStage<Ack>> take;
        private final Function<T, String> shown;
        private final List<CompletionStage<Ack>> underway = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private long line;
        private long taken;
        private long refused;
        private long erased;

        Draft(Function<T, CompletionStage<Ack>> take, Function<T, String> shown) {
            this.take = take;
            this.shown = shown;
        }

        void take(T one) {
            line++;
            String json = shown.apply(one);
            if (json.isBlank()) {
                return;
            }
            try {
                underway.add(take.apply(one));
            } catch (ThroughlineException refusal) {
                refused++;
                erased += refusal instanceof Returned.Erased ? 1 : 0;
                if (rejected.size() < MOST_REJECTED) {
                    rejected.add(new Rejected(line, json, String.valueOf(refusal.getMessage())));
                }
            }
            if (underway.size() == AT_ONCE) {
                applied();
            }
        }

        Intake done() {
            applied();
            return new Intake(taken, refused, rejected, erased);
        }

        private void applied() {
            for (CompletionStage<Ack> acknowledgement : underway) {
                Throughline.await(acknowledgement);
                taken++;
            }
            underway.clear();
        }
    }
}

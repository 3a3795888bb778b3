// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.decision.Replied;
import dev.throughline.decision.Reported;
import dev.throughline.ring.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Refusals that a turn writes into the ledger, and how long it has taken from their reception until no message leaves against them. Used
 * by one thread.
 */
final class OptOuts {

    private final List<Heard> all = new ArrayList<>(0);

    private record Heard(String way, String input, Instant reception) {}

    /** A line of the ledger, and the input that wrote it. What was refused before, and reaches a new address, is no news. */
    void heard(ConsentEvent line, Input cause) {
        if (!line.isOptOut()) {
            return;
        }
        if (cause instanceof Input.Received received) {
            all.add(new Heard(way(received), received.id(), line.recordedAt()));
        } else if (cause instanceof Input.Told && isOf(line, cause.id())) {
            all.add(new Heard("withdrawal", "", line.recordedAt()));
        }
    }

    private static String way(Input.Received received) {
        if (received.payload() instanceof Replied) {
            return "reply";
        }
        return received.payload() instanceof Reported ? "receipt" : "host";
    }

    /** Whether the touchpoint in which she said so has led to this input, whose name begins with the touchpoint's. */
    private static boolean isOf(ConsentEvent line, String told) {
        for (int dot = told.lastIndexOf('.'); dot > 0; dot = told.lastIndexOf('.', dot - 1)) {
            if (line.isOf(told.substring(0, dot))) {
                return true;
            }
        }
        return false;
    }

    /** From when it was handed in, or else from when the touchpoint was received, to the commit. */
    void tell(Figures figures, List<Submission> batch, long endNanos, Instant end) {
        for (Heard one : all) {
            long nanos = batch.stream()
                    .filter(submission -> submission.envelope().input().id().equals(one.input))
                    .mapToLong(submission -> endNanos - submission.since())
                    .findFirst()
                    .orElseGet(() -> Duration.between(one.reception, end).toNanos());
            figures.time("throughline.optout", Math.max(1, nanos), "way", one.way);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a provider or the host's code has answered and the store has refused: nobody would say it again, so it is tried once a second,
 * beside what goes on. Used by one thread; {@link #refuse} may be called by another.
 */
final class Parked {

    private static final Duration REST = Duration.ofSeconds(1);

    private final List<Submission> all = Collections.synchronizedList(new ArrayList<>());
    private long tried;

    /** Whether it has to be kept. What happened is kept, and handed in again, by whoever has seen it. */
    static boolean keeps(Submission submission) {
        return submission.lasting() && !(submission.envelope().input() instanceof Input.Happened);
    }

    /** Adding what is there already changes nothing. */
    void add(Submission submission) {
        if (all.isEmpty()) {
            tried = System.nanoTime();
        }
        if (!all.contains(submission)) {
            all.add(submission);
        }
    }

    /** What is to be tried now; it stays until it is done. */
    List<Submission> due() {
        all.removeIf(each -> each.done().isDone());
        if (all.isEmpty() || System.nanoTime() - tried < REST.toNanos()) {
            return List.of();
        }
        tried = System.nanoTime();
        return all();
    }

    List<Submission> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    void refuse(RuntimeException reason) {
        all().forEach(each -> each.done().completeExceptionally(reason));
    }
}

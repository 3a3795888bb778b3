// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step and where it leads; where the journey ends, {@code null}.
 *
 * @param campaign whose step it is
 * @param path where it stands
 * @param step the step
 * @param next what follows
 * @param ways what follows if it goes one of its own ways, in the order of {@link Layout#blocks}
 */
record Node(
        Campaign campaign, String path, Step step, @Nullable Node next, List<@Nullable Node> ways) {

    /** What follows an event or a condition that holds. */
    @Nullable
    Node yes() {
        return ways.get(0);
    }

    /** What follows a timeout or a condition that does not. */
    @Nullable
    Node no() {
        return ways.get(1);
    }
}

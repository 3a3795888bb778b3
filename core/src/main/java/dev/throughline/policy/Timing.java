// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a message may leave.
 *
 * @param findings what the rules say
 * @param notBefore the first instant at which all allow it; {@code null} if that is now, or never
 * @param until the end of the hours around now, less the guard; {@code null} if there is none
 */
public record Timing(
        List<Finding> findings,
        @Nullable Instant notBefore,
        @Nullable Instant until) {

    /** Copies the findings. */
    public Timing {
        findings = List.copyOf(findings);
    }

    /**
     * Whether it may leave now.
     *
     * @return whether no finding defers or denies
     */
    public boolean allowed() {
        return findings.stream()
                .noneMatch(finding -> finding.outcome() == Outcome.DEFER || finding.outcome() == Outcome.DENY);
    }
}

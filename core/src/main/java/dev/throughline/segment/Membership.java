// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is in a segment, and why. Values of traits stand in it, so that it is an answer to the host and nothing for a log.
 * Immutable.
 *
 * @param segment the segment
 * @param inside whether she is in it
 * @param entered since when; {@code null} if she is not in it
 * @param reason what its condition finds at present
 */
public record Membership(
        Segment segment, boolean inside, @Nullable Instant entered, Reason reason) {

    /**
     * Since when she is in it: when it was noticed that its condition holds.
     *
     * @return the instant; empty if she is not in it
     */
    public Optional<Instant> since() {
        return Optional.ofNullable(entered);
    }

    /**
     * In words.
     *
     * @return whether and since when she is in it, and below what was found
     */
    @Override
    public String toString() {
        var out = new StringBuilder(inside ? "in" : "not in");
        out.append(" segment '").append(segment.name()).append('\'');
        since().ifPresent(since -> out.append(" since ").append(since));
        if (!segment.description().isEmpty()) {
            out.append(": ").append(segment.description());
        }
        out.append('\n');
        reason.write(out, "  ");
        return out.toString();
    }
}

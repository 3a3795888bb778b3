// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Entry;
import java.time.Instant;
import java.util.Comparator;

/**
 * Where a line of a log stands, when the log is read subject by subject.
 *
 * @param subject whose line it is
 * @param at when it happened
 * @param id names it within its log
 */
public record LinePlace(String subject, Instant at, String id) implements Comparable<LinePlace> {

    private static final Comparator<LinePlace> ORDER = Comparator.comparing(LinePlace::subject)
            .thenComparing(LinePlace::at)
            .thenComparing(LinePlace::id);

    /**
     * The place of a line.
     *
     * @param line the line
     * @return its place
     */
    public static LinePlace of(Entry line) {
        return new LinePlace(line.subject(), line.at(), line.id());
    }

    @Override
    public int compareTo(LinePlace other) {
        return ORDER.compare(this, other);
    }
}

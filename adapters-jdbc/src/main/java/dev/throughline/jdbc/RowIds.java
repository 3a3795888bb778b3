// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Names of an inbox's rows, whose order is that in which they were recorded: on one host exactly, between hosts as far as their clocks
 * agree. Not every database numbers rows, and none in the order of commits.
 */
final class RowIds {

    private static final int DIGITS = 16;
    private static final AtomicLong LAST = new AtomicLong();
    private static final String HOST = ProcessName.SELF.substring(0, 8);

    private RowIds() {}

    /** Sixteen hexadecimal digits of nanoseconds since 1970, and eight of the process; a clock that jumps back does not break the order. */
    static String next(Instant now) {
        long nanos = Nanos.of(now);
        return HexFormat.of().toHexDigits(LAST.updateAndGet(last -> Math.max(last + 1, nanos))) + HOST;
    }

    /** When a row was recorded; null if its name is none of ours. */
    static @Nullable Instant recordedAt(String id) {
        try {
            return Nanos.instant(Long.parseLong(id.substring(0, Math.min(DIGITS, id.length())), 16));
        } catch (NumberFormatException foreign) {
            return null;
        }
    }
}

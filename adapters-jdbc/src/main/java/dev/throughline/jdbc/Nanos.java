// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.time.Instant;

/** Instants as the tables hold them: nanoseconds since 1970; those before 1677 and after 2262 count as those. */
final class Nanos {

    private static final long BILLION = 1_000_000_000L;

    private Nanos() {}

    static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (Math.abs(seconds) >= Long.MAX_VALUE / BILLION) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return seconds * BILLION + instant.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
    }
}

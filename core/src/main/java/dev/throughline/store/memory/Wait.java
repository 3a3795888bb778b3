// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import java.time.Instant;

/** One timer: 24 bytes and a place in {@link Waits}. Waits that are due at once are ordered by key and name. */
final class Wait implements Comparable<Wait> {

    private static final long BILLION = 1_000_000_000L;

    final Slot slot;
    final String name;
    int place = Waits.NOWHERE;

    Wait(Slot slot, String name) {
        this.slot = slot;
        this.name = name;
    }

    /** Nanoseconds since 1970; instants before 1677 and after 2262 count as those. */
    static long nanos(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (Math.abs(seconds) >= Long.MAX_VALUE / BILLION) {
            return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return seconds * BILLION + instant.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
    }

    @Override
    public int compareTo(Wait other) {
        int byKey = slot.key.compareTo(other.slot.key);
        return byKey != 0 ? byKey : name.compareTo(other.name);
    }
}

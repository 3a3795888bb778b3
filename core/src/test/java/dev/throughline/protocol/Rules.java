// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** The constants of the protocol in seconds, and which rule this run leaves out. */
record Rules(Mutation mutation, int cap) {
    static final long MINUTE = 60;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    static final long WINDOW_START = 7 * HOUR;
    static final long WINDOW_END = 22 * HOUR;
    static final long LEASE = MINUTE;
    /** Between SENDING and the wire at most the lease may pass, so the window ends that much earlier. */
    static final long GUARD = LEASE;

    static final long SEND_WITHIN = 10 * MINUTE;
    static final long PATIENCE = 2 * MINUTE;
    static final long KEEP = 7 * DAY;
    /** A forget timer that fires later than this has slept through an outage. */
    static final long LATE = HOUR;

    boolean omits(Mutation rule) {
        return mutation == rule;
    }

    long guard() {
        return omits(Mutation.NO_GUARD_AT_WINDOW_END) ? 0 : GUARD;
    }

    /** The end of the allowed hours at {@code now}, or {@code now} itself outside them. */
    long windowEnd(long now) {
        long end = now - now % DAY + WINDOW_END - guard();
        return now % DAY >= WINDOW_START && now < end ? end : now;
    }

    static long nextWindow(long now) {
        long start = now - now % DAY + WINDOW_START;
        return now < start ? start : start + DAY;
    }

    /** One minute times four to the power of the attempt, at most six hours. */
    static long backoff(int attempt) {
        return Math.min(MINUTE << Math.min(2 * attempt, 20), 6 * HOUR);
    }
}

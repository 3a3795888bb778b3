// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells this process from all others that work on the same tables; nothing but chance does, and nothing else rests on it. */
final class ProcessName {

    static final String SELF = UUID.randomUUID().toString();

    private static final AtomicInteger PARTS = new AtomicInteger();

    private ProcessName() {}

    /** Another one for each who asks. */
    static String next() {
        return SELF.substring(0, 28) + "-" + PARTS.incrementAndGet();
    }
}

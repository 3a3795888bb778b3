// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import java.util.List;

/** One side of the ring's row. Used by one thread. */
interface Ring extends AutoCloseable {

    /** Takes a group of events, which may still be under way when it returns, but not when the next one does. */
    void happened(List<Happening> group);

    /** Waits until everything that was decided has been sent. */
    void finish();

    /** How many messages were sent. */
    long sent();

    /** How many decisions were recorded. */
    long decisions();

    /** What is known of these customers, without timeline and decisions, outbox and waits; the ring is of no use afterwards. */
    Object state(List<String> users);

    @Override
    void close();
}

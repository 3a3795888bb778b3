// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places at which a store may be made to fail, counted as they are reached. Whoever is put between a store and what is above or below
 * it says so at each: {@link #reach} before a call, {@link #reachCommitted} behind one that has made a unit of work durable. Thread-safe.
 */
public final class FaultPoints {

    private final Set<String> names = new TreeSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private int reached;
    private int tried;
    private int crashAt;
    private @Nullable Random random;
    private int oneIn;
    private boolean committed;
    private String last = "";

    FaultPoints() {}

    /** The process is gone: nothing but what the store has kept is left of it. Ends the play up to where it began. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where, null, false, false);
        }
    }

    /**
     * A place before a call.
     *
     * @param name names the call, such as {@code Unit.commit}
     * @return whether the call is to fail with a fault that passes, nothing of it being done
     * @throws Error if the process ends here; it must get through to the caller, and nothing more be done but to release what is held
     */
    public boolean reach(String name) {
        return reach(name, false);
    }

    /**
     * A place behind a call that has made a unit of work durable, before its answer is heard.
     *
     * @param name names the call
     * @return whether the answer is to be lost by a fault that passes
     * @throws Error if the process ends here
     */
    public boolean reachCommitted(String name) {
        return reach("after " + name, true);
    }

    /**
     * Hears of each end of a process at the very instant, while units of work are still open: a store in a file may put aside what a
     * killed process would have left.
     *
     * @param listener is run before the error is thrown
     */
    public synchronized void onCrash(Runnable listener) {
        listeners.add(listener);
    }

    private synchronized boolean reach(String name, boolean after) {
        reached++;
        names.add(name);
        if (reached == crashAt) {
            met(name, after);
            List.copyOf(listeners).forEach(Runnable::run);
            throw new Crash(name);
        }
        boolean passing = random != null && random.nextInt(oneIn) == 0;
        if (passing) {
            met(name, after);
        }
        return passing;
    }

    private void met(String name, boolean after) {
        tried++;
        last = name;
        committed = after;
    }

    /** Counts anew, and ends the process at one of the next places; 0 for none. */
    synchronized void crashAt(int number) {
        reached = 0;
        crashAt = number;
    }

    /** Has one of so many of the next places fail for a moment; {@code null} for none. */
    synchronized void failAtRandom(@Nullable Random lot, int number) {
        random = lot;
        oneIn = number;
    }

    /** How many have been reached since counting began. */
    synchronized int reached() {
        return reached;
    }

    /** How many have failed, ever. */
    synchronized int tried() {
        return tried;
    }

    /** Whether the last that failed was behind a commit. */
    synchronized boolean committed() {
        return committed;
    }

    /** The last that failed. */
    synchronized String last() {
        return last;
    }

    /** The names of all that were reached. */
    synchronized Set<String> names() {
        return new TreeSet<>(names);
    }
}

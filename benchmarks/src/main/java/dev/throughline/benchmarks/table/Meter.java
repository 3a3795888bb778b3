// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Time and memory. */
final class Meter {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long wall;
    private long cpu;
    private long wallStart;
    private long cpuStart;

    void start() {
        wallStart = System.nanoTime();
        cpuStart = SYSTEM.getProcessCpuTime();
    }

    void stop() {
        wall += System.nanoTime() - wallStart;
        cpu += SYSTEM.getProcessCpuTime() - cpuStart;
    }

    /** How many of something were done in a second of the clock. */
    double perSecond(long done) {
        return done * 1e9 / wall;
    }

    /** How many of something were done in a second of processor time, collector and compiler included. */
    double perCpuSecond(long done) {
        return done * 1e9 / cpu;
    }

    /** How long it took by the clock. */
    double seconds() {
        return wall / 1e9;
    }

    /** Bytes in use after the collector has run. */
    static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted.get(sorted.size() / 2);
    }
}

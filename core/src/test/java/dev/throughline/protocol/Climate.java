// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/**
 * How rough one run is. Every run draws its own climate, so that some runs pile up repetitions, others merges or
 * outages: races that need two rare things are found sooner than with one average climate for all.
 */
record Climate(
        double repetitions,
        double crashes,
        double slow,
        double unrest,
        int stops,
        int orders,
        int switches,
        int merges) {

    static Climate of(Schedule schedule) {
        return new Climate(
                schedule.oneOf(0, 0.1, 0.4),
                schedule.oneOf(0, 0.02, 0.1),
                schedule.oneOf(0.02, 0.1, 0.3),
                schedule.oneOf(0, 0.01, 0.05, 0.15),
                schedule.below(4),
                1 + schedule.below(4),
                schedule.below(2),
                schedule.below(4));
    }

    Climate withoutMerges() {
        return new Climate(repetitions, crashes, slow, unrest, stops, orders, switches, 0);
    }

    int weights() {
        return stops + orders + switches + merges;
    }
}

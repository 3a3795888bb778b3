// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

/**
 * One campaign of the recipe, written down once for both sides.
 *
 * @param kind what makes it speak
 * @param name its name
 * @param start the event that starts it
 * @param exit the event that ends an absence
 * @param hours how far a threshold looks back
 * @param bound the number of occurrences, the sum, or the single value that is enough
 * @param tier the trait that a count demands
 */
record Rule(Kind kind, String name, String start, String exit, int hours, int bound, String tier) {

    /** What makes a campaign speak. */
    enum Kind {
        /** A and no B within an hour. */
        ABSENCE,
        /** So many of an event within some hours, by a customer of a tier; then not again for a day. */
        COUNT,
        /** So large a sum within some days, by a customer of 30 or older; then not again for a day. */
        SUM,
        /** An event of so high a value; then not again for a day. */
        SIMPLE
    }
}

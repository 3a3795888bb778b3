// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

/** The state of one key. The engine steps a copy and keeps it only if the step commits. */
interface Aggregate {
    Aggregate copy();

    void on(Input input, Turn turn);
}

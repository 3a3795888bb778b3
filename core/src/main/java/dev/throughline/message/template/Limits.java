// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

/**
 * How much one rendering may do. Counted, never timed, so that a template ends the same way on a slow machine.
 *
 * @param characters of the output, and of any text that comes up on the way
 * @param iterations of all loops together, nested ones included
 * @param work what loops and filters touch: expressions evaluated inside loops, filters (50 each), and characters taken by filters and operators
 */
record Limits(int characters, int iterations, long work) {
    static final Limits DEFAULT = new Limits(256 * 1024, 10_000, 5_000_000);
}

// SPDX-License-Identifier: Apache-2.0

/**
 * The first table of figures: each row beside a hand-written loop that does the same work, in the same run of the same JVM. Entry
 * type: {@link dev.throughline.benchmarks.table.FirstTable}.
 */
@NullMarked
package dev.throughline.benchmarks.table;

import org.jspecify.annotations.NullMarked;

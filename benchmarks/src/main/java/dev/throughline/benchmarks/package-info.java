// SPDX-License-Identifier: Apache-2.0

/**
 * Measurements, each beside a reference that does the same work in the same run.
 */
@NullMarked
package dev.throughline.benchmarks;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Hosts that are killed while they work, and what is left of it: begin with {@link dev.throughline.examples.crash.Crash}. */
@NullMarked
package dev.throughline.examples.crash;

import org.jspecify.annotations.NullMarked;

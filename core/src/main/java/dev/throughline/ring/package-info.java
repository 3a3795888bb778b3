// SPDX-License-Identifier: Apache-2.0
/**
 * What turns: keys, inputs, effects and the pure step between them. Entry type: {@link dev.throughline.ring.Aggregate}. No clock,
 * no I/O and no randomness lives here.
 */
@NullMarked
package dev.throughline.ring;

import org.jspecify.annotations.NullMarked;

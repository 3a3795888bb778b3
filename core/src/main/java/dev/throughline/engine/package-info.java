// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the ring: loads states, applies inputs in rounds, carries out effects in one commit, dispatches the outbox and brings the
 * outcomes back. Entry type: {@link dev.throughline.engine.Machine}. The only room with threads and clocks.
 */
@NullMarked
package dev.throughline.engine;

import org.jspecify.annotations.NullMarked;

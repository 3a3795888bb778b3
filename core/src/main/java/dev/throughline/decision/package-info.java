// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a message may leave, now, to this address: the list of checks, the contact point that runs them, and the verdict that
 * explains itself. Entry type: {@link dev.throughline.decision.Decision}. Knows campaigns and steps as plain ids only.
 */
@NullMarked
package dev.throughline.decision;

import org.jspecify.annotations.NullMarked;

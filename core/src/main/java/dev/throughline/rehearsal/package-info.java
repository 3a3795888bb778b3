// SPDX-License-Identifier: Apache-2.0
/**
 * Campaigns under virtual time: hours in milliseconds, with the whole list of checks and no message leaving the process. Entry type:
 * {@link dev.throughline.rehearsal.Rehearsal}.
 */
@NullMarked
package dev.throughline.rehearsal;

import org.jspecify.annotations.NullMarked;

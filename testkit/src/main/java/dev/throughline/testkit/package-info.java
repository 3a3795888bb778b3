// SPDX-License-Identifier: Apache-2.0

/**
 * What authors of a store test it with: {@link dev.throughline.testkit.StoreConformance}, which ours pass, too. Campaigns are tested with
 * {@code dev.throughline.rehearsal.Rehearsal}. It builds on the public surface of the core alone.
 */
@NullMarked
package dev.throughline.testkit;

import org.jspecify.annotations.NullMarked;

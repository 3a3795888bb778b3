// SPDX-License-Identifier: Apache-2.0
/**
 * The canonical binary form of everything that is stored or told: tagged fields, the same bytes on every machine, unknown
 * fields skipped or kept. Entry type: {@link dev.throughline.wire.Codec}. The lowest room; it knows no other.
 */
@NullMarked
package dev.throughline.wire;

import org.jspecify.annotations.NullMarked;

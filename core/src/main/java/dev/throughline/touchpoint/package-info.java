// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that happens, on whatever channel, as one kind of record, made of the calls of the Segment spec: by code ({@link
 * dev.throughline.touchpoint.Stamp}) or from JSON ({@link dev.throughline.touchpoint.SegmentJson}). Entry type: {@link
 * dev.throughline.touchpoint.Touchpoint}.
 */
@NullMarked
package dev.throughline.touchpoint;

import org.jspecify.annotations.NullMarked;

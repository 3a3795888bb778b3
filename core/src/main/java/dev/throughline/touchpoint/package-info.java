// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that happens, on whatever channel, as one kind of record. Entry type: {@link
 * dev.throughline.touchpoint.Touchpoint}.
 */
@NullMarked
package dev.throughline.touchpoint;

import org.jspecify.annotations.NullMarked;

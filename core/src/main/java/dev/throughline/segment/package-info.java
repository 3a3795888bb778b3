// SPDX-License-Identifier: Apache-2.0
/**
 * Conditions over profile and behaviour, and the windows that they look through. Entry type: {@link
 * dev.throughline.segment.Condition}. Knows no campaign.
 */
@NullMarked
package dev.throughline.segment;

import org.jspecify.annotations.NullMarked;

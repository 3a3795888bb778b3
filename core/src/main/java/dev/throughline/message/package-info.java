// SPDX-License-Identifier: Apache-2.0
/**
 * What is said: one idea, with a rendition for each channel that it may use. Entry type: {@link
 * dev.throughline.message.Message}. Knows no campaign and no law.
 */
@NullMarked
package dev.throughline.message;

import org.jspecify.annotations.NullMarked;

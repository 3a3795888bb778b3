// SPDX-License-Identifier: Apache-2.0
/**
 * Signed links, what comes to their addresses, and the plain pages that people see there. Entry types: {@link
 * dev.throughline.link.LinkKeys} and {@link dev.throughline.link.Link}. Knows neither customers nor consents.
 */
@NullMarked
package dev.throughline.link;

import org.jspecify.annotations.NullMarked;

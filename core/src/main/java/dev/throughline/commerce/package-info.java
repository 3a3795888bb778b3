// SPDX-License-Identifier: Apache-2.0
/**
 * One basket and the last orders of each customer, folded from the e-commerce events of app, web and store. Entry type: {@link
 * dev.throughline.commerce.Commerce}. Knows no condition, message or campaign.
 */
@NullMarked
package dev.throughline.commerce;

import org.jspecify.annotations.NullMarked;

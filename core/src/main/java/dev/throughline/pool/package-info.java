// SPDX-License-Identifier: Apache-2.0
/**
 * Shared quantities: budgets, codes and quotas that are held with an expiry, confirmed or released. Entry type: {@link
 * dev.throughline.pool.Pool}. Knows no message and no campaign.
 */
@NullMarked
package dev.throughline.pool;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Who a customer is and what is known of her: identities and their owners, profile, addresses, and the slices that the rooms above
 * register. Entry type: {@link dev.throughline.customer.Customer}. Knows none of those rooms.
 */
@NullMarked
package dev.throughline.customer;

import org.jspecify.annotations.NullMarked;

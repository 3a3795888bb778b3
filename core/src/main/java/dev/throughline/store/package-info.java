// SPDX-License-Identifier: Apache-2.0
/**
 * Ports of durable state: one unit of work loads many keys, and commits or rolls back together. Entry type: {@link
 * dev.throughline.store.Store}.
 */
@NullMarked
package dev.throughline.store;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The in-memory form of the store ports: plain maps that hold decoded states. Entry type: {@link
 * dev.throughline.store.memory.MemoryStore}.
 */
@NullMarked
package dev.throughline.store.memory;

import org.jspecify.annotations.NullMarked;

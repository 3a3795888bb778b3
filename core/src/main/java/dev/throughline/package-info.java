// SPDX-License-Identifier: Apache-2.0

/**
 * The front door: {@code Throughline}, its builder and {@code Words}. It wires the rooms below it and is imported by none of them.
 */
@NullMarked
package dev.throughline;

import org.jspecify.annotations.NullMarked;

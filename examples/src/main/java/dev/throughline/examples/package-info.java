// SPDX-License-Identifier: Apache-2.0

/**
 * Programs to run and read. Each of them is also a test.
 */
@NullMarked
package dev.throughline.examples;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * What users test their campaigns with: a virtual clock, recording channels, assertions and conformance suites. It builds on the public\n * surface of the core alone.
 */
@NullMarked
package dev.throughline.testkit;

import org.jspecify.annotations.NullMarked;

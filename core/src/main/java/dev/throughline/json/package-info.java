// SPDX-License-Identifier: Apache-2.0
/**
 * JSON objects as they are read, each member with its place, so that everything wrong with a document can be told at once, and as
 * they are written. Entry type: {@link dev.throughline.json.Json}. Knows no other room; what is wrong it collects, and each room throws.
 */
@NullMarked
package dev.throughline.json;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/** Where one is in HTML, and what is still open there: for what escapes values, and for what puts a footer into a page. Inside only. */
@NullMarked
package dev.throughline.html;

import org.jspecify.annotations.NullMarked;

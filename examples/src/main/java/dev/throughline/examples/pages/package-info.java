// SPDX-License-Identifier: Apache-2.0

/**
 * A preference centre and the page to unsubscribe, on the JDK's own server and without a script. Begin with {@link
 * dev.throughline.examples.pages.PreferencePages}.
 */
@NullMarked
package dev.throughline.examples.pages;

import org.jspecify.annotations.NullMarked;

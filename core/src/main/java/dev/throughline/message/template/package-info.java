// SPDX-License-Identifier: Apache-2.0

/**
 * The text of a message, written once and filled in for each customer. {@link Templates#compile} makes a {@link Template}, whose
 * {@code render} answers a {@link Rendered} and never throws.
 *
 * <p>The language is Pebble's syntax cut down to an allow-list: values, {@code if}, {@code for}, {@code set}, {@code verbatim},
 * {@code abort "reason"}, and the filters, tests and operators named in {@link Dialect}. What is not on the list is refused when the
 * template is compiled. A render reads only the maps, lists and plain values it is given, in the locale and zone it is given, and ends
 * within {@link Limits}: the same input gives the same characters on every machine.
 *
 * <p>Pebble stays inside: no signature of a public type here names it. This room knows nothing of messages, channels or customers.
 */
@NullMarked
package dev.throughline.message.template;

import org.jspecify.annotations.NullMarked;

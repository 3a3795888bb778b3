// SPDX-License-Identifier: Apache-2.0
/**
 * What people have agreed to and refused, as a ledger of events and its projection at one contact point. Entry types: {@link
 * dev.throughline.consent.Grant} for hosts, {@link dev.throughline.consent.ConsentState} for the ring. It says what stands and
 * never whether a message may leave: that is the policy's, which this room must not know.
 */
@NullMarked
package dev.throughline.consent;

import org.jspecify.annotations.NullMarked;

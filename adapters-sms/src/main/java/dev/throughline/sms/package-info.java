// SPDX-License-Identifier: Apache-2.0

/**
 * SMS over SMPP and over HTTP gateways described as data, with receipts, inbound messages and segmentation. It builds on the public\n * surface of the core alone.
 */
@NullMarked
package dev.throughline.sms;

import org.jspecify.annotations.NullMarked;

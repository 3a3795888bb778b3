// SPDX-License-Identifier: Apache-2.0

/**
 * HTTP gateways described as data. Entry type: {@link dev.throughline.sms.http.HttpSms}; a description is read once and checked
 * as a whole, everything that differs between gateways stands in it. Knows nothing of SMPP.
 */
@NullMarked
package dev.throughline.sms.http;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * SMPP 3.4 over jsmpp. Entry type: {@link dev.throughline.sms.smpp.SmppSms}. One thread, the lane, owns the session, its window
 * and what waits; the library writes and reads PDUs, but how long a submission is waited for, and what its silence means, is
 * decided here. Knows nothing of HTTP.
 */
@NullMarked
package dev.throughline.sms.smpp;

import org.jspecify.annotations.NullMarked;

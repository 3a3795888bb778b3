// SPDX-License-Identifier: Apache-2.0

/**
 * What every SMS adapter needs to know about text: the GSM alphabet, segments, diacritics; and the credentials they are given.
 * Entry types: {@link dev.throughline.sms.Segments} and {@link dev.throughline.sms.SmsText}. The adapters stand in the
 * packages below; this one knows none of them.
 */
@NullMarked
package dev.throughline.sms;

import org.jspecify.annotations.NullMarked;

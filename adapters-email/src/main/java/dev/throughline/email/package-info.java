// SPDX-License-Identifier: Apache-2.0

/**
 * E-mail over SMTP, and what comes back: bounces, complaints and provider events. It builds on the public surface of the core alone.
 */
@NullMarked
package dev.throughline.email;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a gateway answered over HTTP: status, body, and how long it wants to be left alone. */
record Reply(int status, String body, @Nullable Duration retryAfter) {}

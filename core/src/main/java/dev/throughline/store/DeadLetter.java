// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Envelope;
import java.time.Instant;

/**
 * An input whose step failed; the aggregate was left as it was.
 *
 * @param envelope the input and its receiver
 * @param error what the step threw, without personal data
 * @param at when
 */
public record DeadLetter(Envelope envelope, String error, Instant at) {}

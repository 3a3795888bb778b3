// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Envelope;
import java.time.Instant;

/**
 * An input whose step failed; the aggregate was left as it was.
 *
 * @param id its number in the store, in the order in which they are kept; 0 before that
 * @param envelope the input and its receiver
 * @param error what the step threw, without personal data
 * @param at when
 */
public record DeadLetter(long id, Envelope envelope, String error, Instant at) {

    /**
     * One that no store keeps yet.
     *
     * @param envelope the input and its receiver
     * @param error what the step threw, without personal data
     * @param at when
     */
    public DeadLetter(Envelope envelope, String error, Instant at) {
        this(0, envelope, error, at);
    }
}

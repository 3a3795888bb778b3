// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import java.time.Instant;

/**
 * A line in one of the append-only logs. A line whose id the log has already is not appended again.
 *
 * @param log which log
 * @param subject whose line it is: a customer's id or an address
 * @param id names it within its log
 * @param at when it happened
 * @param body what it says
 */
public record Entry(Log log, String subject, String id, Instant at, Payload body) {

    /** The logs. */
    public enum Log {
        /** What happened to a customer; the subject is the customer's id. */
        TIMELINE,
        /** Verdicts and their corrections; the subject is the customer's id. */
        DECISIONS,
        /** Consent events; the subject is the address. */
        LEDGER
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

/**
 * The first line of an address's ledger that is not as it was written. It names the address, so it belongs into no log.
 *
 * @param subject whose ledger: the address, or what stands for it since it was erased
 * @param number the line's place, counted from 1; 0 if nobody can say
 * @param line the line's id in the store's table; empty if it is missing
 * @param kind what is wrong
 */
public record LedgerFault(String subject, long number, String line, Kind kind) {

    /** What is wrong with a line. */
    public enum Kind {
        /** It does not say what was written there: it was altered, or another line was moved to its place. */
        ALTERED,
        /** It was removed. */
        MISSING,
        /** It was never written there: it was inserted, or has been doubled. */
        FOREIGN,
        /** The chain holds, but not through the head that somebody had noted: all of it was written anew, or the address was erased since. */
        REWRITTEN,
        /** The address's state, which holds the end of the chain, is gone or cannot be read. */
        HEADLESS
    }
}

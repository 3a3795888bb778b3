// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.util.List;

/**
 * What a verification of the ledger has found.
 *
 * @param addresses how many addresses with lines were looked at
 * @param lines how many lines they have by their chains
 * @param blotted how many of these are blotted out: by erasure, or because what they proved was over for longer than it is kept
 * @param faults the first fault of each address that has one, of 1,000 addresses at most
 */
public record LedgerReport(long addresses, long lines, long blotted, List<LedgerFault> faults) {

    /** Copies the list. */
    public LedgerReport {
        faults = List.copyOf(faults);
    }

    /**
     * Whether every line is there as it was written.
     *
     * @return whether there is no fault
     */
    public boolean isWhole() {
        return faults.isEmpty();
    }
}

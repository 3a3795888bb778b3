// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import java.time.Duration;

/**
 * A date of the customer that starts a journey.
 *
 * @param date which date, in a trait
 * @param yearly whether it comes back every year; 29 February is the 28th in a year that has none
 */
public record DateEntry(DateRule date, boolean yearly) implements EntryRule {

    private static final int YEAR = 366;

    /**
     * Checks the date.
     *
     * @throws ThroughlineException if it does not stand in a trait, or what comes back every year is moved by more than a year
     */
    public DateEntry {
        boolean far = Math.abs(date.days()) > YEAR || date.shift().abs().compareTo(Duration.ofDays(YEAR)) > 0;
        if (date.source() != DateRule.Source.TRAIT || (yearly && far)) {
            throw new ThroughlineException("entry on the date of '" + date.name()
                    + "': expected the date of a trait, moved by a year at most if it comes back every year");
        }
    }
}

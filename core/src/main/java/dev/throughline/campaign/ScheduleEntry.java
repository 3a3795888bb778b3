// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.segment.Condition;

/**
 * A time that lets the members of a segment or a list in.
 *
 * @param schedule when
 * @param members who
 */
public record ScheduleEntry(Schedule schedule, Condition members) implements EntryRule {

    /**
     * Checks who is meant.
     *
     * @throws ThroughlineException if it is another condition than being in a segment or on a list, which tell when somebody comes or goes
     */
    public ScheduleEntry {
        if (!members.isMembership()) {
            throw new ThroughlineException("entry " + schedule + " for " + members
                    + ": expected the members of a segment or a list, in(..) or onList(..)");
        }
    }

    /** The canonical text. */
    @Override
    public String toString() {
        return schedule + " for who is " + members;
    }
}

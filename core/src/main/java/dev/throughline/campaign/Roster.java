// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The campaigns of a host, and what others have said of them. Part of the rules of a step.
 *
 * @param entered those that customers enter, one of each name
 * @param older other versions, of these campaigns and of ones that the host does not have any more, by their versions: whoever is inside goes on
 * @param statuses which campaigns are paused, closed or stopped
 * @param contents what is said instead of what code says
 */
public record Roster(List<Campaign> entered, Map<String, Campaign> older, Statuses statuses, Contents contents) {

    /** Copies the collections; what is entered is not older. */
    public Roster {
        entered = List.copyOf(entered);
        var left = new TreeMap<>(older);
        entered.forEach(campaign -> left.remove(campaign.version()));
        older = Collections.unmodifiableMap(left);
    }

    /**
     * Campaigns of which nothing is said.
     *
     * @param entered the campaigns
     * @return the roster
     */
    public static Roster of(Collection<Campaign> entered) {
        return new Roster(List.copyOf(entered), Map.of(), Statuses.NONE, Contents.NONE);
    }

    /**
     * All of them.
     *
     * @return first those that are entered
     */
    public Stream<Campaign> all() {
        return Stream.concat(entered.stream(), older.values().stream());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a journey says besides its steps; its text is canonical.
 *
 * @param entry what starts it
 * @param reentry how often a customer may enter
 * @param key the property of the starting event that distinguishes instances; empty if there is one at a time
 * @param exits what ends it
 * @param goals what it is for
 * @param holdout how many of a hundred customers get nothing
 * @param zone whose clock counts where a customer's zone is unknown; {@code null} for that of the messages' brand
 */
record Terms(
        EntryRule entry,
        Reentry reentry,
        String key,
        List<EventRule> exits,
        List<EventRule> goals,
        int holdout,
        @Nullable ZoneId zone) {

    /** Copies the lists. */
    Terms {
        exits = List.copyOf(exits);
        goals = List.copyOf(goals);
    }

    /** Every event that it names. */
    Stream<EventRule> events() {
        var starting = entry instanceof EventRule rule ? Stream.of(rule) : Stream.<EventRule>empty();
        return Stream.of(starting, exits.stream(), goals.stream()).flatMap(rules -> rules);
    }
}

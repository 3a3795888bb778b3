// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables of the host's journeys can ask.
 *
 * @param products whether there is a catalogue
 * @param addresses whether there is an address book
 * @param traits which traits a profile source reads; none if there is none
 * @param fresh how long what it has read is fresh
 */
public record HostTables(boolean products, boolean addresses, Set<String> traits, Duration fresh) {

    /** No table. */
    public static final HostTables NONE = new HostTables(false, false, Set.of(), Duration.ZERO);

    /** Copies the set. */
    public HostTables {
        traits = new TreeSet<>(traits);
    }

    boolean isEmpty() {
        return !products && !addresses && traits.isEmpty();
    }
}

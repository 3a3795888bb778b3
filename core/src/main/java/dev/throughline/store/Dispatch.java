// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the dispatch may take from the outbox.
 *
 * @param now rows whose {@code sendBefore} is not after this are left
 * @param slots how many messages each channel, by name, can take at this moment
 * @param exclusions rows that are held
 * @param lease how long the taker may keep a row before its outcome counts as unknown
 * @param owner who takes them
 */
public record Dispatch(
        Instant now, Map<String, Integer> slots, List<Exclusion> exclusions, Duration lease, String owner) {

    /** Copies the collections. */
    public Dispatch {
        slots = Collections.unmodifiableMap(new TreeMap<>(slots));
        exclusions = List.copyOf(exclusions);
    }
}

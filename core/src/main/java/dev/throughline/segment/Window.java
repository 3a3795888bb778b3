// SPDX-License-Identifier: Apache-2.0
package dev.throughline.segment;

import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;

/**
 * What a condition remembers of a customer's past: how often something happened, or the sum of one property, within a time.
 *
 * @param event the event that counts
 * @param property the property that is added up; empty to count occurrences
 * @param lessEvent an event whose property is subtracted; empty if there is none
 * @param within how far back it looks, at most 400 days
 */
public record Window(String event, String property, String lessEvent, Duration within) {

    boolean sums() {
        return !property.isEmpty();
    }

    boolean listens(Touchpoint touchpoint) {
        return touchpoint.name().equals(event)
                || (!lessEvent.isEmpty() && touchpoint.name().equals(lessEvent));
    }

    /** What a touchpoint adds: 1 for an occurrence, millionths for a sum; 0 if the property is no number. */
    long contribution(Touchpoint touchpoint) {
        long amount = 1;
        if (sums()) {
            amount = touchpoint.property(property) instanceof Number number ? Numbers.micros(number) : 0;
        }
        return touchpoint.name().equals(event) ? amount : -amount;
    }

    /** The name under which it is stored; windows of one name share what they remember. */
    String key() {
        return event + "\u001f" + property + "\u001f" + lessEvent;
    }
}

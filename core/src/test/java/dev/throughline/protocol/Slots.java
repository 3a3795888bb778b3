// SPDX-License-Identifier: Apache-2.0
package dev.throughline.protocol;

import java.util.HashMap;
import java.util.Map;

/**
 * The sliding cap of one address: a slot per message id. A slot whose message is on its way does not age; one whose
 * message may have been sent ages from the answer, which is never earlier than the wire.
 */
final class Slots {
    private static final long ON_ITS_WAY = Long.MAX_VALUE;

    private final Rules rules;
    private final Map<String, Long> since = new HashMap<>();

    Slots(Rules rules) {
        this.rules = rules;
    }

    Slots copy() {
        Slots copy = new Slots(rules);
        copy.since.putAll(since);
        return copy;
    }

    boolean isFullFor(String message, long now) {
        since.values().removeIf(instant -> instant != ON_ITS_WAY && instant <= now - Rules.DAY);
        return since.keySet().stream().filter(other -> !other.equals(message)).count() >= rules.cap();
    }

    long nextFree(long now) {
        long oldest = since.values().stream().mapToLong(Long::longValue).min().orElse(ON_ITS_WAY);
        return oldest == ON_ITS_WAY ? now + Rules.SEND_WITHIN : oldest + Rules.DAY;
    }

    void take(String message, long now) {
        since.put(message, rules.omits(Mutation.SLOT_AGES_FROM_DECISION) ? now : ON_ITS_WAY);
    }

    void age(String message, long at) {
        if (!rules.omits(Mutation.SLOT_AGES_FROM_DECISION)) {
            since.replace(message, at);
        }
    }

    void release(String message) {
        if (rules.omits(Mutation.SLOT_WITHOUT_MESSAGE_ID)) {
            since.entrySet().stream()
                    .filter(slot -> slot.getValue() != ON_ITS_WAY)
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(slot -> since.remove(slot.getKey()));
        } else {
            since.remove(message);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.identity.ThroughlineException;
import dev.throughline.store.Exclusion;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Stops messages before they leave; durable, and seen by every host of the store at its next dispatch.
 *
 * @param exclusion what is stopped
 * @param mode what becomes of it
 * @param who who threw it
 * @param why why
 * @param at when
 */
public record KillSwitch(Exclusion exclusion, Mode mode, String who, String why, Instant at) {

    private static final String PREFIX = "kill/";

    /** What becomes of stopped messages. */
    public enum Mode {
        /** They wait until the switch is released, or their validity ends. */
        HOLD,
        /** They are cancelled. */
        DROP
    }

    /**
     * Checks that somebody takes responsibility.
     *
     * @throws ThroughlineException if who or why are empty or hold line breaks
     */
    public KillSwitch {
        if (who.isBlank() || why.isBlank() || (who + why).chars().anyMatch(Character::isISOControl)) {
            throw new ThroughlineException(
                    "kill switch for " + exclusion + ": expected one line that says who and one that says why");
        }
    }

    /**
     * The setting that throws it.
     *
     * @return one setting
     */
    public Map<String, String> settings() {
        return Map.of(name(exclusion), String.join("\t", mode.name(), at.toString(), who, why));
    }

    /**
     * The setting that releases one.
     *
     * @param exclusion what was stopped
     * @return one setting, removed
     */
    public static Map<String, String> released(Exclusion exclusion) {
        return Map.of(name(exclusion), "");
    }

    private static String name(Exclusion exclusion) {
        return PREFIX + exclusion.by() + "/" + exclusion.value();
    }

    /**
     * The switches that are thrown.
     *
     * @param settings a store's settings
     * @return the switches, in the order of what they stop
     */
    public static List<KillSwitch> of(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(PREFIX))
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> parse(setting.getKey().substring(PREFIX.length()), setting.getValue()))
                .toList();
    }

    private static KillSwitch parse(String key, String value) {
        String[] what = key.split("/", 2);
        String[] parts = value.split("\t", 4);
        return new KillSwitch(
                new Exclusion(Exclusion.By.valueOf(what[0]), what[1]),
                Mode.valueOf(parts[0]),
                parts[2],
                parts[3],
                Instant.parse(parts[1]));
    }
}

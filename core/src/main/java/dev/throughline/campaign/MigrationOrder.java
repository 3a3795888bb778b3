// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A migration that somebody has ordered. Kept in the store, so that every host follows it. Each concerns who was inside before it, once,
 * in the order of their numbers.
 *
 * @param campaign the campaign's name
 * @param number which of the campaign's migrations, from 1
 * @param from the version whose customers are meant; empty for all but the new one
 * @param to the version that they are moved to
 * @param steps for paths of the old version those of the new one, where they are not found by what the steps do
 * @param onMissing what becomes of whoever stands at a step that the new version lacks
 * @param who who says so
 * @param why why
 * @param at when
 */
public record MigrationOrder(
        String campaign,
        int number,
        String from,
        String to,
        Map<String, String> steps,
        OnMissing onMissing,
        String who,
        String why,
        Instant at) {

    /** Migrations before the last of these are forgotten: who has been amid one step ever since stays in her version. */
    private static final int MOST = 16;

    private static final String PREFIX = "migration/";
    private static final String BECOMES = ">";

    /** Copies the map. */
    public MigrationOrder {
        steps = Collections.unmodifiableMap(new TreeMap<>(steps));
    }

    /**
     * The next migration of a campaign.
     *
     * @param migration what is ordered
     * @param last the number of the one before it; 0 if there is none
     * @param signature whose order it is
     * @return the order
     */
    static MigrationOrder next(String campaign, Migration migration, int last, Signature signature) {
        return new MigrationOrder(
                campaign,
                last + 1,
                migration.from(),
                migration.to(),
                migration.steps(),
                migration.onMissing(),
                signature.who,
                signature.why,
                signature.at);
    }

    /**
     * Who orders something, and why.
     *
     * @param who who says so
     * @param why why
     * @param at when
     */
    public record Signature(String who, String why, Instant at) {

        /**
         * Checks them.
         *
         * @throws ThroughlineException if who or why are not one line each
         */
        void require(String campaign) {
            if (!Identity.isLine(who) || !Identity.isLine(why)) {
                throw new ThroughlineException(
                        "campaign '" + campaign + "': expected one line that says who and one that says why");
            }
        }
    }

    /** Whether it is about an instance. */
    boolean concerns(Instance instance) {
        return number > instance.moves() && isFrom(instance.version());
    }

    boolean isFrom(String version) {
        return !version.equals(to) && (from.isEmpty() || from.equals(version));
    }

    /** For timelines. */
    String because() {
        return who + ": " + why;
    }

    /**
     * The settings that say it, and forget the oldest.
     *
     * @return settings
     */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        String map = steps.entrySet().stream()
                .map(step -> step.getKey() + BECOMES + step.getValue())
                .collect(Collectors.joining(","));
        settings.put(
                name(campaign, number), String.join("\t", from, to, map, onMissing.name(), at.toString(), who, why));
        if (number > MOST) {
            settings.put(name(campaign, number - MOST), "");
        }
        return settings;
    }

    private static String name(String campaign, int number) {
        return PREFIX + campaign + "/" + number;
    }

    static boolean isSetting(String name) {
        return name.startsWith(PREFIX);
    }

    static MigrationOrder parsed(String name, String value) {
        int slash = name.lastIndexOf('/');
        String[] parts = value.split("\t", 7);
        var steps = new TreeMap<String, String>();
        for (String step : parts[2].split(",", -1)) {
            int becomes = step.indexOf(BECOMES);
            if (becomes > 0) {
                steps.put(step.substring(0, becomes), step.substring(becomes + 1));
            }
        }
        return new MigrationOrder(
                name.substring(PREFIX.length(), slash),
                Integer.parseInt(name.substring(slash + 1)),
                parts[0],
                parts[1],
                steps,
                OnMissing.valueOf(parts[3]),
                parts[5],
                parts[6],
                Instant.parse(parts[4]));
    }
}

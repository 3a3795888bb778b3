// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Moves who is inside one version of a campaign into another. Without one, whoever is inside stays in the version that she entered. An
 * immutable value, which does nothing until it is given to {@code campaign(name).tryOut(..)} or {@code .migrate(..)}.
 *
 * <p>A step is known by its path: its place in its block, from 0, and before it the step and the way that the block belongs to, such as
 * {@code 1.then.0}; {@link MigrationReport} lists them. What steps do says which are the same in both versions, wherever they stand:
 * messages and traits of one name, calls of one function, waits for one event, delays whatever their length, forks of one kind; where
 * several could be, as many as possible in the same order, rather those that say the same word for word. {@link #step} names what is not
 * found or found otherwise.
 *
 * @param to the version that they are moved to
 * @param target that version, where the host has it in its code; it is published with the migration
 * @param from the version whose customers are meant; empty for all others
 * @param steps for paths of the old version those of the new one; all others are found by what the steps do
 * @param onMissing what becomes of whoever stands at a step that the new version lacks
 */
public record Migration(
        String to, @Nullable Campaign target, String from, Map<String, String> steps, OnMissing onMissing) {

    /** Copies the map. */
    public Migration {
        steps = Collections.unmodifiableMap(new TreeMap<>(steps));
    }

    /**
     * Into a version that the host has in its code. Who stands at a step that it lacks stays where she is, unless {@link
     * #onMissing(OnMissing)} says otherwise.
     *
     * @param campaign the campaign as it is now
     * @return a migration from all its other versions
     */
    public static Migration to(Campaign campaign) {
        Given.required("migration", "campaign", campaign);
        return new Migration(campaign.version(), campaign, "", Map.of(), OnMissing.HOLD);
    }

    /**
     * Into a version that has been published; as {@link #to(Campaign)}.
     *
     * @param version the version, as {@code Queries.definitions} names it
     * @return a migration from all its other versions
     */
    public static Migration to(String version) {
        Given.required("migration", "version", version);
        return new Migration(version, null, "", Map.of(), OnMissing.HOLD);
    }

    /**
     * Only from one version.
     *
     * @param version the version that they are in
     * @return the same from that version only
     */
    public Migration from(String version) {
        return new Migration(to, target, version, steps, onMissing);
    }

    /**
     * Says which step of the new version stands for one of the old. Needs {@link #from} where several others are published.
     *
     * @param path the step's path in the old version
     * @param other the path in the new version
     * @return the same with this step
     * @throws ThroughlineException if another is said for it already
     */
    public Migration step(String path, String other) {
        var more = new TreeMap<>(steps);
        String before = more.putIfAbsent(path, other);
        if (before != null) {
            throw new ThroughlineException("migration: step '" + path + "' becomes '" + before + "' already, not also '"
                    + other + "': expected each step once");
        }
        return new Migration(to, target, from, more, onMissing);
    }

    /**
     * Says what becomes of whoever stands at a step that the new version lacks.
     *
     * @param choice what
     * @return the same with this choice
     */
    public Migration onMissing(OnMissing choice) {
        return new Migration(to, target, from, steps, choice);
    }
}

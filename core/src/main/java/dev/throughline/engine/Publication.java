// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Definition;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Campaigns as the store keeps them, under the hash of their content, so that whoever is inside one that no code has any more goes on in
 * it.
 */
public final class Publication {

    /** The kind of what is published here. */
    public static final String CAMPAIGN = "campaign";

    /** Says how many there are, so that every host sees in the settings that there are more. */
    static final String SETTING = "definitions";

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private Publication() {}

    /**
     * Publishes those that are not there yet. One unit, so that a host either has all of its campaigns there or none.
     *
     * @param campaigns the campaigns of a host
     * @param store an open store
     * @param at when
     * @param who who publishes them
     */
    public static void publish(Collection<Campaign> campaigns, Store store, Instant at, String who) {
        var known = versions(store);
        var fresh = campaigns.stream()
                .filter(campaign -> !known.contains(campaign.version()))
                .map(campaign ->
                        new Definition(CAMPAIGN, campaign.name(), campaign.version(), campaign.toJson(), at, who))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool(SETTING)), true);
            String before = unit.settings().getOrDefault(SETTING, "0");
            Changes changes = Changes.none();
            changes.definitions().addAll(fresh);
            changes.settings().put(SETTING, String.valueOf(Long.parseLong(before) + fresh.size()));
            unit.commit(changes);
        }
    }

    private static Set<String> versions(Store store) {
        return store.definitions().stream()
                .filter(definition -> definition.kind().equals(CAMPAIGN))
                .map(Definition::version)
                .collect(Collectors.toSet());
    }

    /**
     * Reads what is published and not known. What this library cannot read, because a newer one has written it, is left to hosts that can.
     *
     * @param known campaigns by the versions under which they were published
     */
    static Map<String, Campaign> read(Store store, Map<String, Campaign> known) {
        var read = new TreeMap<>(known);
        for (Definition definition : store.definitions()) {
            if (definition.kind().equals(CAMPAIGN) && !read.containsKey(definition.version())) {
                try {
                    read.put(definition.version(), Campaign.parse(definition.json()));
                } catch (ThroughlineException newer) {
                    LOG.atWarn()
                            .addKeyValue("campaign", definition.name())
                            .addKeyValue("version", definition.version())
                            .setCause(newer)
                            .log("a published campaign cannot be read: this host does not step it");
                }
            }
        }
        return read;
    }
}

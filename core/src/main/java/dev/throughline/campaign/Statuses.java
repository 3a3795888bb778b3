// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The status of each campaign of which somebody has said something; all others run. Part of the rules of a step: a step never asks a
 * store.
 *
 * @param byName the statuses by the names of their campaigns
 */
public record Statuses(Map<String, CampaignStatus> byName) {

    /** Of no campaign anything has been said. */
    public static final Statuses NONE = new Statuses(Map.of());

    /** Copies the map. */
    public Statuses {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /**
     * All statuses.
     *
     * @param settings a store's settings
     * @return the statuses
     */
    public static Statuses of(Map<String, String> settings) {
        var found = new TreeMap<String, CampaignStatus>();
        settings.forEach((name, value) ->
                CampaignStatus.parsed(name, value).ifPresent(status -> found.put(status.campaign(), status)));
        return found.isEmpty() ? NONE : new Statuses(found);
    }

    CampaignStatus.Mode mode(String campaign) {
        CampaignStatus status = byName.get(campaign);
        return status == null ? CampaignStatus.Mode.RUNNING : status.mode();
    }

    int stops(String campaign) {
        CampaignStatus status = byName.get(campaign);
        return status == null ? 0 : status.stops();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Whether its campaign has been stopped since she entered. */
    boolean isStopped(Instance instance) {
        return instance.stops() < stops(instance.campaign());
    }
}

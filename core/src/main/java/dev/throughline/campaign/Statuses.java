// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The status of each campaign of which somebody has said something; all others run. Part of the rules of a step: a step never asks a
 * store.
 *
 * @param byName the statuses by the names of their campaigns
 * @param migrations the migrations of campaigns, in the order of their numbers, by the names of the campaigns
 */
public record Statuses(Map<String, CampaignStatus> byName, Map<String, List<MigrationOrder>> migrations) {

    /** Of no campaign anything has been said. */
    public static final Statuses NONE = new Statuses(Map.of(), Map.of());

    /** Copies the maps. */
    public Statuses {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        migrations = Collections.unmodifiableMap(new TreeMap<>(migrations));
    }

    /**
     * All statuses.
     *
     * @param settings a store's settings
     * @return the statuses
     */
    public static Statuses of(Map<String, String> settings) {
        var found = new TreeMap<String, CampaignStatus>();
        var orders = new TreeMap<String, List<MigrationOrder>>();
        settings.forEach((name, value) -> {
            CampaignStatus.parsed(name, value).ifPresent(status -> found.put(status.campaign(), status));
            if (MigrationOrder.isSetting(name)) {
                var order = MigrationOrder.parsed(name, value);
                orders.computeIfAbsent(order.campaign(), campaign -> new ArrayList<>())
                        .add(order);
            }
        });
        orders.values().forEach(some -> some.sort(Comparator.comparingInt(MigrationOrder::number)));
        return found.isEmpty() && orders.isEmpty() ? NONE : new Statuses(found, orders);
    }

    CampaignStatus.Mode mode(String campaign) {
        CampaignStatus status = byName.get(campaign);
        return status == null ? CampaignStatus.Mode.RUNNING : status.mode();
    }

    int stops(String campaign) {
        CampaignStatus status = byName.get(campaign);
        return status == null ? 0 : status.stops();
    }

    List<MigrationOrder> migrations(String campaign) {
        return migrations.getOrDefault(campaign, List.of());
    }

    /** The number of a campaign's last migration; 0 if there is none. */
    int migrated(String campaign) {
        var orders = migrations(campaign);
        return orders.isEmpty() ? 0 : orders.get(orders.size() - 1).number();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Whether its campaign has been stopped since she entered. */
    boolean isStopped(Instance instance) {
        return instance.stops() < stops(instance.campaign());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The migrations out of each version, as far as a host knows where they lead. Immutable and thread-safe. */
final class Crossings {

    private final Map<String, List<Crossing>> byVersion = new HashMap<>();

    Crossings(Statuses statuses, Map<String, Campaign> campaigns) {
        new TreeMap<>(campaigns).forEach((version, campaign) -> {
            var found = new ArrayList<Crossing>();
            var counterparts = new HashMap<String, Map<String, String>>();
            for (MigrationOrder order : statuses.migrations(campaign.name())) {
                Campaign to = campaigns.get(order.to());
                if (to != null && order.isFrom(version)) {
                    found.add(Crossing.of(
                            order,
                            campaign,
                            to,
                            counterparts.computeIfAbsent(to.version(), other -> Counterparts.of(campaign, to))));
                }
            }
            if (!found.isEmpty()) {
                byVersion.put(version, found);
            }
        });
    }

    boolean isEmpty() {
        return byVersion.isEmpty();
    }

    /** The first one that is still before an instance. */
    @Nullable
    Crossing of(Instance instance) {
        for (Crossing crossing : byVersion.getOrDefault(instance.version(), List.of())) {
            if (crossing.order().concerns(instance)) {
                return crossing;
            }
        }
        return null;
    }

    /**
     * Where an instance goes on.
     *
     * @param node the step that comes next; {@code null} for the end
     * @param left whether she leaves instead
     */
    record Place(
            Instance instance, Campaign campaign, @Nullable Node node, boolean left) {}

    /**
     * Where an instance goes on that comes to a step, or has done it, after all migrations that have waited for that.
     *
     * @param done whether it has done it: it goes on behind the counterpart
     */
    Place place(Instance instance, Node node, boolean done, Moment moment) {
        Crossing crossing = of(instance);
        if (crossing == null) {
            return new Place(instance, node.campaign(), done ? node.next() : node, false);
        }
        Node counterpart = crossing.counterpart(node);
        if (counterpart != null) {
            boolean behind =
                    done && node.step().getClass() == counterpart.step().getClass();
            return place(crossing.moved(instance, node, counterpart, moment), counterpart, behind, moment);
        }
        if (crossing.holds()) {
            return place(crossing.pinned(instance, node, moment), node, done, moment);
        }
        Node instead = crossing.instead(node);
        return instead == null
                ? new Place(instance, node.campaign(), null, true)
                : place(crossing.moved(instance, node, instead, moment), instead, false, moment);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.CampaignStatus;
import dev.throughline.campaign.JourneysSlice;
import dev.throughline.campaign.MigrationOrder;
import dev.throughline.campaign.Statuses;
import dev.throughline.campaign.Steered;
import dev.throughline.customer.CustomerState;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells customers whom it concerns that a campaign's status has changed, or that they are to be moved to another version of it: goes over
 * all customers, page by page. Where it is stands in the store's settings, so that another host goes on where one has died. Thread-safe.
 */
final class Sweep {

    private static final String PREFIX = "sweep/";

    /** Large, because a store on the heap looks at all its keys for each. */
    static final int PAGE = 5_000;

    private final Store store;
    private final int size;

    Sweep(Store store, int size) {
        this.store = store;
        this.size = size;
    }

    /** The setting that begins one, from the first customer on. */
    static Map<String, String> begun(CampaignStatus status) {
        return Map.of(PREFIX + status.campaign(), status.at() + "\t");
    }

    /** The setting that begins one for a migration; of one campaign one at a time is enough for all that is said of it. */
    static Map<String, String> begun(MigrationOrder order) {
        return Map.of(PREFIX + order.campaign(), order.at() + "/" + order.number() + "\t");
    }

    /** Goes one page further; whether there was one. */
    boolean page() {
        var sweep = next(store.settings());
        sweep.ifPresent(this::page);
        return sweep.isPresent();
    }

    private static Optional<Map.Entry<String, String>> next(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith(PREFIX))
                        .findFirst();
    }

    private void page(Map.Entry<String, String> sweep) {
        String campaign = sweep.getKey().substring(PREFIX.length());
        String[] place = sweep.getValue().split("\t", 2);
        Key after = place[1].isEmpty() ? null : Key.parse(place[1]);
        var statuses = Statuses.of(store.settings());
        List<Key> keys = store.keys(Key.Kind.CUSTOMER, after, size);
        var told = new ArrayList<Envelope>();
        for (Key key : keys) {
            boolean concerned = store.peek(key)
                    .filter(state -> state instanceof CustomerState customer
                            && JourneysSlice.concerns(customer, statuses, campaign))
                    .isPresent();
            if (concerned) {
                String id = PREFIX + campaign + "/" + place[0] + "/" + key.id();
                told.add(new Envelope(key, new Input.Received(id, new Steered(campaign)), "", told.size()));
            }
        }
        boolean more = keys.size() == size;
        commit(sweep, more ? place[0] + "\t" + keys.get(keys.size() - 1) : "", told);
    }

    /** Unless another host has gone on meanwhile, or another change of status has begun it anew. */
    private void commit(Map.Entry<String, String> sweep, String place, List<Envelope> told) {
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool(sweep.getKey())), true);
            if (sweep.getValue().equals(unit.settings().get(sweep.getKey()))) {
                var changes = Changes.none();
                changes.told().addAll(told);
                changes.settings().put(sweep.getKey(), place);
                unit.commit(changes);
            }
        }
    }
}

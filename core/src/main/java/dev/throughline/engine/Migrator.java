// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.campaign.Campaign;
import dev.throughline.campaign.Migration;
import dev.throughline.campaign.MigrationOrder.Signature;
import dev.throughline.campaign.MigrationPlan;
import dev.throughline.campaign.MigrationReport;
import dev.throughline.customer.CustomerState;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tries migrations of one campaign out, and orders them. Thread-safe. */
final class Migrator {

    private final String campaign;
    private final Store store;
    private final List<Campaign> campaigns;

    Migrator(String campaign, Store store, Collection<Campaign> campaigns) {
        this.campaign = campaign;
        this.store = store;
        this.campaigns = List.copyOf(campaigns);
    }

    /** What a migration would do; looks at each customer. */
    MigrationReport tryOut(Migration migration, Instant now) {
        return plan(migration).report(customers(), now);
    }

    private MigrationPlan plan(Migration migration) {
        var known = new ArrayList<>(campaigns);
        known.addAll(Publication.read(store, Map.of()).values());
        return new MigrationPlan(campaign, migration, known);
    }

    private Stream<CustomerState> customers() {
        return Audience.pages(after -> store.keys(Key.Kind.CUSTOMER, after, Audience.PAGE))
                .flatMap(key -> store.peek(key).stream())
                .map(CustomerState.class::cast)
                .filter(customer -> customer.survivor().isEmpty() && !customer.isErased());
    }

    /** In one unit with the version that it leads to, so that a host which knows of it finds that. */
    void order(Migration migration, Signature signature) {
        MigrationPlan plan = plan(migration);
        Campaign target = plan.target();
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(Key.pool("campaign/" + campaign), Key.pool(Publication.SETTING)), true);
            Changes changes = Changes.none();
            var order = plan.order(unit.settings(), signature);
            Publication.add(target, signature, store, unit, changes);
            changes.settings().putAll(order.settings());
            changes.settings().putAll(Sweep.begun(order));
            unit.commit(changes);
        }
    }
}

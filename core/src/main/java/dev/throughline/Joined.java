// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.customer.IdentityRules;
import dev.throughline.engine.Ack;
import dev.throughline.identity.Identity;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Touchpoint;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records touchpoints within a transaction of the host's. Used by the transaction's thread. */
public final class Joined {

    private final Store store;
    private final Connection connection;
    private final InstantSource clock;
    private final Set<String> controllers;
    private final IdentityRules identities;

    Joined(Store store, Connection connection, InstantSource clock, Set<String> controllers, IdentityRules identities) {
        this.store = store;
        this.connection = connection;
        this.clock = clock;
        this.controllers = controllers;
        this.identities = identities;
    }

    /**
     * Says that somebody did something.
     *
     * @param who how she is known here
     * @param event the event's name, such as {@code Order Completed}
     * @param properties what else is known of it
     * @return that it is recorded: applied after the host's commit, gone with a rollback
     */
    public Ack track(Identity who, String event, Map<String, ? extends @Nullable Object> properties) {
        var stamp = new Touchpoints.Stamp(UUID.randomUUID().toString(), clock.instant());
        return record(Touchpoints.track(who, event, properties, stamp));
    }

    /**
     * Hands in a touchpoint with an id and instants of the host's own.
     *
     * @param touchpoint the touchpoint
     * @return that it is recorded
     */
    public Ack record(Touchpoint touchpoint) {
        Given.required("record", "touchpoint", touchpoint);
        Touchpoint received = Touchpoints.received(touchpoint, clock.instant());
        var envelope = Touchpoints.envelope(Touchpoints.addressed(received, controllers), identities);
        store.join(connection, envelope, Touchpoints::owner);
        return Ack.RECORDED;
    }
}

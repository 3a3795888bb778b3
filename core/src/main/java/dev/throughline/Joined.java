// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.engine.Ack;
import dev.throughline.identity.Given;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Records touchpoints within a transaction of the host's: they are applied after its commit, and gone with a rollback. Used by the
 * transaction's thread.
 */
public final class Joined extends Calls {

    private final Store store;
    private final Connection connection;
    private final InstantSource clock;
    private final Gate gate;

    Joined(Store store, Connection connection, InstantSource clock, Gate gate) {
        this.store = store;
        this.connection = connection;
        this.clock = clock;
        this.gate = gate;
    }

    @Override
    Stamp stamp() {
        return Stamp.of(UUID.randomUUID().toString(), clock.instant());
    }

    /**
     * Hands in a touchpoint with an id and instants of the host's own.
     *
     * @param touchpoint the touchpoint
     * @return that it is recorded
     */
    @Override
    public Ack record(Touchpoint touchpoint) {
        Given.required("record", "touchpoint", touchpoint);
        store.join(connection, gate.let(touchpoint, clock.instant()), Touchpoints::owner);
        return Ack.RECORDED;
    }
}

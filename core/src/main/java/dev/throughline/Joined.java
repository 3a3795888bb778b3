// SPDX-License-Identifier: Apache-2.0
package dev.throughline;

import dev.throughline.engine.Ack;
import dev.throughline.identity.Given;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Stamp;
import dev.throughline.touchpoint.Touchpoint;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Records touchpoints within a transaction of the host's: they are applied after its commit, and gone with a rollback. Used by the
 * transaction's thread.
 */
public final class Joined extends Calls {

    private final InstantSource clock;
    private final Consumer<Touchpoint> recorder;

    private Joined(InstantSource clock, Consumer<Touchpoint> recorder) {
        this.clock = clock;
        this.recorder = recorder;
    }

    /**
     * Calls that something else records, such as a table in a database of the host's. What no host could take is refused before; what the
     * set-up of a host says of identities and controllers is looked at when it is taken.
     *
     * @param clock says when calls are received
     * @param recorder records one touchpoint durably, with whatever the calling thread's transaction does
     * @return the calls
     */
    public static Joined checked(InstantSource clock, Consumer<Touchpoint> recorder) {
        return into(clock, touchpoint -> recorder.accept(Touchpoints.usable(touchpoint, clock.instant())));
    }

    /** Calls whose recorder refuses what cannot be taken. */
    static Joined into(InstantSource clock, Consumer<Touchpoint> recorder) {
        return new Joined(clock, recorder);
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
     * @throws ThroughlineException if it is unusable
     */
    @Override
    public Ack record(Touchpoint touchpoint) {
        Given.required("record", "touchpoint", touchpoint);
        recorder.accept(touchpoint);
        return Ack.RECORDED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.Callback;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Rules;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;

/** An engine as {@link FaultPlay} turns it, under virtual time or live. */
interface FaultEngine extends AutoCloseable {

    Instant now();

    void submit(Touchpoint touchpoint);

    void receive(Callback callback);

    /** Stops at every instant at which a timer is due; the last is left to {@link #settle}. */
    void advanceTo(Instant until);

    /** Until nothing is left to be done at the present instant. */
    void settle();

    @Override
    void close();

    /** Makes one. */
    interface Kind {
        FaultEngine started(Rules rules, Store store, Outlet outlet, Instant now);
    }
}

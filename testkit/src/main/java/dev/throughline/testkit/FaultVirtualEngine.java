// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.Callback;
import dev.throughline.engine.Disorder;
import dev.throughline.engine.Outlet;
import dev.throughline.engine.Rules;
import dev.throughline.engine.VirtualEngine;
import dev.throughline.store.Store;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Instant;

/** Under virtual time: all in one thread, and always in the same order. */
record FaultVirtualEngine(VirtualEngine engine) implements FaultEngine {

    static FaultEngine started(Rules rules, Store store, Outlet outlet, Instant now) {
        var pace = new VirtualEngine.Pace(now, 1, Disorder.NONE);
        return new FaultVirtualEngine(new VirtualEngine(rules, store, outlet, pace));
    }

    @Override
    public Instant now() {
        return engine.clock().instant();
    }

    @Override
    public void submit(Touchpoint touchpoint) {
        engine.submit(touchpoint);
    }

    @Override
    public void receive(Callback callback) {
        engine.receive(callback);
    }

    @Override
    public void advanceTo(Instant until) {
        engine.advanceTo(until);
    }

    @Override
    public void settle() {
        engine.settle();
    }

    @Override
    public void close() {
        engine.close();
    }
}

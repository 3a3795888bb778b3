// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import dev.throughline.ring.Key;
import dev.throughline.ring.Outstanding;
import java.time.Instant;

/** Says what a store has to hold for a state. A store does not need it to work; whoever checks or repairs one does. */
@FunctionalInterface
public interface Witness {

    /** Says nothing. */
    Witness NONE = (key, state, now) -> Outstanding.NOTHING;

    /**
     * What a state is waiting for.
     *
     * @param key whose state
     * @param state the state
     * @param now the present
     * @return what the store has to hold for it
     */
    Outstanding of(Key key, Object state, Instant now);
}

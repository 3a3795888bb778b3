// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import java.util.EnumSet;
import java.util.Set;

/** What one of several hosts of a store does; a host on its own does all of it. */
public enum Role {
    /** Takes touchpoints of its application. Without {@link #STEP} it leaves them to the hosts that step. */
    INGEST,
    /**
     * Applies what has come in, fires timers, calls code of the host's that journeys ask, looks up what became of messages in doubt, and
     * goes over customers in the background.
     */
    STEP,
    /** Hands messages to the adapters, and tells the hosts that step what became of them. Only such a host sends, or keeps a session. */
    SEND;

    /**
     * What a host does that says nothing else.
     *
     * @return all roles
     */
    public static Set<Role> all() {
        return EnumSet.allOf(Role.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import java.time.Instant;

/** A do-not-call list that the host keeps or asks. Called off the ring, so it may block; must be thread-safe. */
public interface Registry {

    /**
     * The registry's name, as findings bear it.
     *
     * @return the name
     */
    String id();

    /**
     * Whether an address is on the list.
     *
     * @param address the address
     * @param channel for which channel; a list may hold numbers for calls only
     * @return the answer with the age of what it rests on, or {@link CheckResult#unavailable}
     */
    CheckResult check(Address address, Channel channel);

    /**
     * An empty list, for rehearsals.
     *
     * @param asOf how fresh it is
     * @return the registry
     */
    static Registry none(Instant asOf) {
        return new Registry() {
            @Override
            public String id() {
                return "empty";
            }

            @Override
            public CheckResult check(Address address, Channel channel) {
                return CheckResult.clear(asOf);
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.policy;

import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import java.time.Instant;

/**
 * A do-not-call list that the host keeps or asks; must be thread-safe.
 *
 * <p>It is asked by the thread that steps, while its unit of work is open: as long as it takes, nothing else on this host is stepped,
 * a STOP of somebody else among it. So answer within milliseconds, from a file, a table or a cache of your own that another thread
 * keeps fresh, and say {@link CheckResult#unavailable} where that has no answer yet; the policy says what becomes of the message then.
 * What it throws counts as unavailable.
 */
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

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import java.time.Instant;

/** An interval of a server's clock, its end excluded, in which the server is down. */
record Outage(Instant from, Instant to) {

    static final Outage NEVER = new Outage(Instant.MAX, Instant.MAX);

    boolean covers(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }
}

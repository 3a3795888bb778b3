// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.identity.ThroughlineException;
import java.time.Duration;

/**
 * How messages share connections.
 *
 * @param connections at most how many
 * @param messages how many one connection carries before it is made anew
 * @param idle after how long without a message it is closed
 */
record Sharing(int connections, int messages, Duration idle) {

    static final Sharing DEFAULT = new Sharing(4, 100, Duration.ofSeconds(30));

    Sharing {
        if (connections < 1) {
            throw new ThroughlineException("connections " + connections + ": expected at least 1");
        }
        if (messages < 1) {
            throw new ThroughlineException("messages per connection " + messages + ": expected at least 1");
        }
        if (idle.toMillis() < 1) {
            throw new ThroughlineException("idle timeout " + idle + ": expected at least 1 ms");
        }
    }

    Sharing connections(int count) {
        return new Sharing(count, messages, idle);
    }

    Sharing messages(int count) {
        return new Sharing(connections, count, idle);
    }

    Sharing idle(Duration time) {
        return new Sharing(connections, messages, time);
    }
}

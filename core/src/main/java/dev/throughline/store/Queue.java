// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store;

import java.time.Instant;

/**
 * Messages that wait in the outbox for one channel.
 *
 * @param channel the channel's name
 * @param urgent whether they go before all others of the channel
 * @param depth how many there are, at least 1
 * @param since since when the oldest of them has waited
 */
public record Queue(String channel, boolean urgent, long depth, Instant since) {

    /**
     * Which of the channel's two queues it is.
     *
     * @return {@code urgent} or {@code bulk}
     */
    public String lane() {
        return urgent ? "urgent" : "bulk";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import java.time.Duration;
import java.util.List;

/**
 * How an engine sends.
 *
 * @param adapters one for each channel
 * @param delivery the delivery mode
 * @param lease how long a row may be with a sender before its outcome counts as unknown
 * @param owner the name of this host's sender
 */
public record Outlet(List<ChannelAdapter> adapters, Delivery delivery, Duration lease, String owner) {

    /** How long a row may be with a sender unless said otherwise. */
    public static final Duration LEASE = Duration.ofMinutes(1);

    /** Copies the list. */
    public Outlet {
        adapters = List.copyOf(adapters);
    }
}

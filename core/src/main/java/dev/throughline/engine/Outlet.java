// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.pool.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an engine sends.
 *
 * @param adapters one for each channel
 * @param delivery the delivery mode
 * @param lease how long a row may be with a sender before its outcome counts as unknown
 * @param owner the name of this host's sender
 * @param rates how fast messages may leave, by the adapter's id; an adapter that is not named has no limit
 */
public record Outlet(
        List<ChannelAdapter> adapters, Delivery delivery, Duration lease, String owner, Map<String, RateLimit> rates) {

    /** How long a row may be with a sender unless said otherwise. */
    public static final Duration LEASE = Duration.ofMinutes(1);

    /** Copies the collections. */
    public Outlet {
        adapters = List.copyOf(adapters);
        rates = Map.copyOf(rates);
    }

    /**
     * One without limits.
     *
     * @param adapters one for each channel
     * @param delivery the delivery mode
     * @param lease how long a row may be with a sender before its outcome counts as unknown
     * @param owner the name of this host's sender
     */
    public Outlet(List<ChannelAdapter> adapters, Delivery delivery, Duration lease, String owner) {
        this(adapters, delivery, lease, owner, Map.of());
    }
}

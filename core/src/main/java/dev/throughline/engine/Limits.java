// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.pool.RateLimit;
import dev.throughline.ring.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast messages may leave through each adapter, by all hosts of a store together. What is left of it stands among the store's settings,
 * and is taken in the unit that marks rows as being sent. Immutable.
 */
final class Limits {

    private static final String PREFIX = "rate/";

    private final Map<String, Limit> byChannel = new TreeMap<>();

    private record Limit(String setting, RateLimit rate) {

        Instant mark(Map<String, String> settings) {
            try {
                return Instant.parse(settings.getOrDefault(setting, Instant.EPOCH.toString()));
            } catch (DateTimeParseException nonsense) {
                return Instant.EPOCH; // the next row that leaves puts it right
            }
        }
    }

    /** The rates by the adapters' ids. */
    Limits(Collection<ChannelAdapter> adapters, Map<String, RateLimit> rates) {
        for (ChannelAdapter adapter : adapters) {
            RateLimit rate = rates.get(adapter.id());
            if (rate != null) {
                byChannel.put(adapter.channel().name(), new Limit(PREFIX + adapter.id(), rate));
            }
        }
    }

    /** What hosts have to take turns at if they are to send on these channels. */
    List<String> turns(Map<String, Integer> slots) {
        return byChannel.entrySet().stream()
                .filter(limit -> slots.containsKey(limit.getKey()))
                .map(limit -> limit.getValue().setting)
                .sorted()
                .toList();
    }

    /** No more slots than what may leave now. */
    Map<String, Integer> within(Map<String, Integer> slots, Map<String, String> settings, Instant now) {
        var within = new TreeMap<>(slots);
        byChannel.forEach((channel, limit) -> within.computeIfPresent(
                channel, (name, free) -> Math.min(free, limit.rate.free(limit.mark(settings), now))));
        return within;
    }

    /** The settings once these rows are being sent. */
    Map<String, String> after(Collection<Outgoing> rows, Map<String, String> settings, Instant now) {
        var taken = new TreeMap<String, Integer>();
        rows.forEach(row -> taken.merge(row.channel().name(), 1, Integer::sum));
        var after = new TreeMap<String, String>();
        byChannel.forEach((channel, limit) -> {
            Integer number = taken.get(channel);
            if (number != null) {
                after.put(
                        limit.setting,
                        limit.rate.after(limit.mark(settings), now, number).toString());
            }
        });
        return after;
    }

    /** How long until a channel that may send nothing now may send again; the shortest of all, at most this long. */
    Duration untilNext(Map<String, Integer> slots, Map<String, String> settings, Instant now, Duration most) {
        Duration shortest = most;
        for (var limit : byChannel.entrySet()) {
            if (slots.containsKey(limit.getKey())) {
                Duration next = limit.getValue().rate.untilNext(limit.getValue().mark(settings), now);
                if (!next.isZero() && next.compareTo(shortest) < 0) {
                    shortest = next;
                }
            }
        }
        return shortest;
    }
}

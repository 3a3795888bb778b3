// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.channel.MessageId;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Queue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What waits for each channel in the order in which it came, so that the oldest row is known without a search. */
final class Queues {

    private final NavigableMap<String, Lanes> byChannel = new TreeMap<>();
    private List<Queue> told = List.of();
    private boolean changed;

    /** Both in the order of coming. */
    private record Lanes(Map<MessageId, Instant> urgent, Map<MessageId, Instant> bulk) {

        Map<MessageId, Instant> of(Outgoing row) {
            return row.urgent() ? urgent : bulk;
        }
    }

    void add(Outgoing row) {
        lane(row).put(row.message().id(), row.since());
        changed = true;
    }

    /** A row that was there before, and is not the latest now. */
    void putBack(Outgoing row) {
        add(row);
        var lane = lane(row);
        var rows = new ArrayList<>(lane.entrySet());
        rows.sort(Map.Entry.comparingByValue());
        lane.clear();
        rows.forEach(each -> lane.put(each.getKey(), each.getValue()));
    }

    void remove(Outgoing row) {
        lane(row).remove(row.message().id());
        changed = true;
    }

    /** The same list until something changes. */
    List<Queue> all() {
        if (changed) {
            var all = new ArrayList<Queue>();
            byChannel.forEach((channel, lanes) -> {
                tell(channel, true, lanes.urgent, all);
                tell(channel, false, lanes.bulk, all);
            });
            told = List.copyOf(all);
            changed = false;
        }
        return told;
    }

    private static void tell(String channel, boolean urgent, Map<MessageId, Instant> rows, List<Queue> all) {
        if (!rows.isEmpty()) {
            all.add(new Queue(
                    channel, urgent, rows.size(), rows.values().iterator().next()));
        }
    }

    private Map<MessageId, Instant> lane(Outgoing row) {
        return byChannel
                .computeIfAbsent(row.channel().name(), name -> new Lanes(new LinkedHashMap<>(), new LinkedHashMap<>()))
                .of(row);
    }
}

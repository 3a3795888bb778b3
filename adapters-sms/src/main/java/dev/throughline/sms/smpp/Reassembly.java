// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.smpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Joins the parts of long messages from people. What is still incomplete after a time is handed on as far as it came. */
final class Reassembly {

    /** Whose message it is. */
    record Way(String from, String to, int reference, int total) {}

    private static final int MOST = 1_000;

    private final Map<Way, TreeMap<Integer, UserData>> open = new LinkedHashMap<>();
    private final Duration patience;
    private final BiConsumer<Way, String> incomplete;

    Reassembly(Duration patience, BiConsumer<Way, String> incomplete) {
        this.patience = patience;
        this.incomplete = incomplete;
    }

    /** The whole text, if this part completes it. A repeated part takes the place of the first. */
    Optional<String> add(String from, String to, UserData part) {
        if (part.place().total() == 1) {
            return Optional.of(UserData.text(List.of(part)));
        }
        var way = new Way(from, to, part.place().reference(), part.place().total());
        boolean first = put(way, part);
        if (first) {
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> giveUp(way));
        }
        return takeIfComplete(way);
    }

    private synchronized boolean put(Way way, UserData part) {
        boolean first = !open.containsKey(way);
        if (first && open.size() >= MOST) {
            giveUp(open.keySet().iterator().next());
        }
        open.computeIfAbsent(way, key -> new TreeMap<>()).put(part.place().number(), part);
        return first;
    }

    private synchronized Optional<String> takeIfComplete(Way way) {
        var parts = open.get(way);
        return parts != null && parts.size() == way.total() ? take(way) : Optional.empty();
    }

    private synchronized Optional<String> take(Way way) {
        return Optional.ofNullable(open.remove(way)).map(parts -> UserData.text(new ArrayList<>(parts.values())));
    }

    private void giveUp(Way way) {
        take(way).ifPresent(text -> incomplete.accept(way, text));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The append-only logs. */
final class Logs {

    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparing(Entry::id);

    private final Map<Entry.Log, Lines> byId = new EnumMap<>(Entry.Log.class);
    private final Map<Entry.Log, Map<String, List<Entry>>> bySubject = new EnumMap<>(Entry.Log.class);

    Logs() {
        for (Entry.Log log : Entry.Log.values()) {
            byId.put(log, new Lines());
            bySubject.put(log, new HashMap<>());
        }
    }

    void append(Entry entry) {
        if (ids(entry.log()).add(entry)) {
            subjects(entry.log())
                    .computeIfAbsent(entry.subject(), subject -> new ArrayList<>(4))
                    .add(entry);
        }
    }

    boolean has(Entry.Log log, String id, Instant since) {
        Entry entry = ids(log).find(id);
        return entry != null && !entry.at().isBefore(since);
    }

    List<Entry> of(Entry.Log log, String subject) {
        var found = new ArrayList<>(subjects(log).getOrDefault(subject, List.of()));
        found.sort(ORDER);
        return found;
    }

    List<Entry> all(Entry.Log log) {
        List<Entry> all = ids(log).all();
        all.sort(ORDER);
        return all;
    }

    @SuppressWarnings("NullAway") // filled for every log
    private Lines ids(Entry.Log log) {
        return byId.get(log);
    }

    @SuppressWarnings("NullAway") // filled for every log
    private Map<String, List<Entry>> subjects(Entry.Log log) {
        return bySubject.get(log);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import dev.throughline.ring.Entry;
import dev.throughline.store.LinePlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The append-only logs. */
final class Logs {

    private static final Comparator<Entry> BY_PLACE = Comparator.comparing(LinePlace::of);
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparing(Entry::id);

    private final Map<Entry.Log, Log> logs = new EnumMap<>(Entry.Log.class);

    /** One log; the lines that may come again are known by their ids. */
    private static final class Log {
        private final Lines byId = new Lines();
        private final Map<String, List<Entry>> bySubject = new HashMap<>();

        /** The subject of the line before, who often has the next one too. */
        private @Nullable String subject;

        private List<Entry> lines = List.of();

        void append(Entry line) {
            if (line.isSingle() || byId.add(line)) {
                of(line.subject()).add(line);
            }
        }

        void remove(LinePlace place) {
            List<Entry> hers = bySubject.get(place.subject());
            if (hers == null) {
                return;
            }
            byId.remove(place.id());
            hers.removeIf(line -> line.at().equals(place.at()) && line.id().equals(place.id()));
            if (hers.isEmpty()) {
                bySubject.remove(place.subject());
                subject = null;
            }
        }

        private List<Entry> of(String whose) {
            if (!whose.equals(subject)) {
                lines = bySubject.computeIfAbsent(whose, name -> new ArrayList<>(4));
                subject = whose;
            }
            return lines;
        }
    }

    Logs() {
        for (Entry.Log log : Entry.Log.values()) {
            logs.put(log, new Log());
        }
    }

    void append(Entry entry) {
        log(entry.log()).append(entry);
    }

    void remove(Entry.Log log, List<LinePlace> places) {
        places.forEach(log(log)::remove);
    }

    /** All lines of a subject, in all logs. */
    void erase(String subject) {
        for (Entry.Log log : Entry.Log.values()) {
            remove(log, of(log, subject).stream().map(LinePlace::of).toList());
        }
    }

    /** The first of those behind a place, of which no more are kept than are wanted. */
    List<Entry> older(Entry.Log log, Instant before, @Nullable LinePlace after, int limit) {
        var first = new PriorityQueue<Entry>(BY_PLACE.reversed());
        log(log).bySubject.forEach((subject, lines) -> {
            if (after == null || subject.compareTo(after.subject()) >= 0) {
                for (Entry line : lines) {
                    if (line.at().isBefore(before)
                            && (after == null || LinePlace.of(line).compareTo(after) > 0)) {
                        first.add(line);
                        if (first.size() > limit) {
                            first.poll();
                        }
                    }
                }
            }
        });
        return first.stream().sorted(BY_PLACE).toList();
    }

    boolean has(Entry.Log log, String id, Instant since) {
        Entry entry = log(log).byId.find(id);
        return entry != null && !entry.at().isBefore(since);
    }

    List<Entry> of(Entry.Log log, String subject) {
        var found = new ArrayList<>(log(log).bySubject.getOrDefault(subject, List.of()));
        found.sort(ORDER);
        return found;
    }

    List<Entry> all(Entry.Log log) {
        var all = new ArrayList<Entry>();
        log(log).bySubject.values().forEach(all::addAll);
        all.sort(ORDER);
        return all;
    }

    @SuppressWarnings("NullAway") // filled for every log
    private Log log(Entry.Log log) {
        return logs.get(log);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.Proofs;
import dev.throughline.customer.MergeNote;
import dev.throughline.customer.Observed;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.segment.Lists;
import dev.throughline.store.Changes;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.touchpoint.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes what a host keeps no longer: goes over each log once a day, subject by subject, page by page. Where it is stands in the store's
 * settings, so that one host at a time does it and another goes on where it has died. Thread-safe.
 */
final class Pruning {

    static final int PAGE = 500;

    private static final String PREFIX = "retention/";
    private static final String DONE = "done";
    private static final Duration PAUSE = Duration.ofDays(1);

    private final Store store;
    private final Retention retention;
    private final InstantSource clock;
    private final BooleanSupplier trusted;
    private final int size;

    /** What is removed is gone for good: nothing is while the clock is not {@code trusted}. */
    Pruning(Store store, Retention retention, InstantSource clock, BooleanSupplier trusted, int size) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.trusted = trusted;
        this.size = size;
    }

    /** Goes one page further; whether there was one. */
    boolean page() {
        Instant now = clock.instant();
        if (!trusted.getAsBoolean()) { // asked after the clock was read, lest it was set in between
            return false;
        }
        for (Entry.Log log : Entry.Log.values()) {
            Instant end = retention.end(log, now).orElse(null);
            if (end == null) {
                continue;
            }
            String said = store.settings().getOrDefault(PREFIX + log, "");
            if (isDue(said, now)) {
                page(log, end, said, now);
                return true;
            }
        }
        return false;
    }

    /** A clock that was ahead when a round ended must not put the next one off. */
    private static boolean isDue(String said, Instant now) {
        if (!said.startsWith(DONE)) {
            return true;
        }
        Instant done = Instant.parse(said.substring(DONE.length() + 1));
        return Duration.between(done, now).abs().compareTo(PAUSE) >= 0;
    }

    private void page(Entry.Log log, Instant end, String said, Instant now) {
        LinePlace after = said.isEmpty() || said.startsWith(DONE) ? null : parse(said);
        List<Entry> old = store.older(log, end, after, size);
        boolean more = old.size() == size;
        String place = more ? written(LinePlace.of(old.get(size - 1))) : DONE + "\t" + now;
        if (log == Entry.Log.LEDGER) {
            blot(old, end, said, place);
        } else {
            var gone = old.stream()
                    .filter(line -> isOver(line, now))
                    .map(LinePlace::of)
                    .toList();
            commit(log, said, place, List.of(), (unit, changes) -> changes.pruned()
                    .put(log, gone));
        }
    }

    /** Of proofs that are over the digest stays, so that the chain of their address can be followed. Nobody else changes its lines meanwhile. */
    private void blot(List<Entry> old, Instant end, String said, String place) {
        var subjects = old.stream().map(Entry::subject).distinct().toList();
        var outlived = new TreeMap<String, Set<String>>();
        for (String subject : subjects) {
            Set<String> ids = outlived(subject, end);
            if (!ids.isEmpty()) {
                outlived.put(subject, ids);
            }
        }
        var keys = outlived.keySet().stream()
                .map(subject -> new Key(Key.Kind.CONTACT_POINT, subject))
                .toList();
        commit(
                Entry.Log.LEDGER,
                said,
                place,
                keys,
                (unit, changes) -> outlived.forEach((subject, ids) -> {
                    var lines = unit.entries(Entry.Log.LEDGER, subject).stream().filter(line -> LedgerLines.find(line)
                            .filter(event ->
                                    ids.contains(event.id()) && line.at().isBefore(end))
                            .isPresent());
                    LedgerLines.blot(lines.toList(), changes);
                }));
    }

    /** Whether a line that is old enough is of no use any more. */
    private static boolean isOver(Entry line, Instant now) {
        if (line.body() instanceof MergeNote) {
            return line.at().isBefore(now.minus(Retention.UNDOABLE));
        }
        return !(line.body() instanceof Observed observed) || !lasts(observed.touchpoint());
    }

    /** What a consent rests on, and what puts somebody on a list, has no end by mere time. */
    private static boolean lasts(Touchpoint touchpoint) {
        return touchpoint.call() == Touchpoint.Call.CONSENT
                || touchpoint.name().equals(Lists.JOINED)
                || touchpoint.name().equals(Lists.LEFT);
    }

    private Set<String> outlived(String address, Instant end) {
        return Proofs.outlived(
                store.entries(Entry.Log.LEDGER, address).stream()
                        .flatMap(line -> LedgerLines.find(line).stream())
                        .toList(),
                end);
    }

    /** Unless another host has gone on meanwhile. */
    private void commit(
            Entry.Log log, String said, String place, Collection<Key> keys, BiConsumer<Unit, Changes> removal) {
        String setting = PREFIX + log;
        var claimed = new ArrayList<>(keys);
        claimed.add(Key.pool(setting));
        try (Unit unit = store.begin()) {
            unit.claim(claimed, true);
            if (said.equals(unit.settings().getOrDefault(setting, ""))) {
                var changes = Changes.none();
                removal.accept(unit, changes);
                changes.settings().put(setting, place);
                unit.commit(changes);
            }
        }
    }

    private static String written(LinePlace place) {
        return place.at() + "\t" + place.id() + "\t" + place.subject();
    }

    private static @Nullable LinePlace parse(String said) {
        String[] parts = said.split("\t", 3);
        return new LinePlace(Objects.requireNonNull(parts[2]), Instant.parse(parts[0]), parts[1]);
    }
}

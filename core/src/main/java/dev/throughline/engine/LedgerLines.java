// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.consent.ConsentEvent;
import dev.throughline.consent.LedgerLine;
import dev.throughline.ring.Entry;
import dev.throughline.store.Changes;
import dev.throughline.store.LinePlace;
import dev.throughline.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of the ledger as the log gives them. */
final class LedgerLines {

    private LedgerLines() {}

    /** What they say, without those that are blotted out. */
    static List<ConsentEvent> events(List<Entry> lines) {
        var events = new ArrayList<ConsentEvent>(lines.size());
        lines.forEach(line -> require(line).event().ifPresent(events::add));
        return List.copyOf(events);
    }

    /** What a line says; empty if it is blotted out or cannot be read. */
    static Optional<ConsentEvent> find(Entry line) {
        try {
            return line.body() instanceof LedgerLine said ? said.event() : Optional.empty();
        } catch (RuntimeException unreadable) { // whatever a codec throws at bytes that it has not written
            return Optional.empty();
        }
    }

    /** In their place come lines of which only the digest is left; the chain runs over these as before. */
    static void blot(List<Entry> lines, Changes changes) {
        var places = new ArrayList<>(changes.pruned().getOrDefault(Entry.Log.LEDGER, List.of()));
        for (Entry line : lines) {
            LedgerLine left = require(line).blotted(line.subject());
            places.add(LinePlace.of(line));
            changes.entries().add(new Entry(Entry.Log.LEDGER, line.subject(), line.id(), line.at(), left));
        }
        changes.pruned().put(Entry.Log.LEDGER, places);
    }

    private static LedgerLine require(Entry line) {
        if (line.body() instanceof LedgerLine said) {
            return said;
        }
        throw new StoreException(
                "line " + line.id() + " of the ledger cannot be read: " + line.body()
                        + ", expected what this version or an older one wrote; verifyLedger() names what is wrong",
                false,
                null);
    }
}

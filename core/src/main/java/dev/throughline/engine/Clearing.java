// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.ring.Effect;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Key;
import dev.throughline.store.Changes;
import dev.throughline.store.Unit;
import java.util.ArrayList;
import java.util.List;

/** Carries out that a key is erased: in the store, and among what the unit at hand has changed so far. */
final class Clearing {

    private final Unit unit;
    private final Changes changes;

    Clearing(Unit unit, Changes changes) {
        this.unit = unit;
        this.changes = changes;
    }

    void clear(Key key, Effect.Erase erase) {
        var erased = new Changes.Erased(key, erase.state());
        if (erased.isSubject()) {
            var left = bare(key, erase);
            changes.entries().removeIf(line -> line.subject().equals(key.id()));
            changes.entries().addAll(left);
        }
        changes.routes().values().removeIf(key::equals);
        changes.deadLetters().removeIf(letter -> letter.envelope().to().equals(key));
        changes.erased().add(erased);
    }

    private List<Entry> bare(Key key, Effect.Erase erase) {
        String whose = key.id();
        String subject = erase.subject().isEmpty() ? whose : erase.subject();
        var lines = new ArrayList<Entry>();
        for (Entry.Log log : Entry.Log.values()) {
            lines.addAll(unit.entries(log, whose));
        }
        changes.entries().stream().filter(line -> line.subject().equals(whose)).forEach(lines::add);
        var left = new ArrayList<Entry>();
        for (Entry line : lines) {
            line.body()
                    .bare(whose)
                    .map(body -> new Entry(line.log(), subject, line.id(), line.at(), body))
                    .ifPresent(left::add);
        }
        return left;
    }
}

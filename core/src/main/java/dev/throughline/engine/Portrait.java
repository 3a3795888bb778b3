// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.customer.CustomerState;
import dev.throughline.engine.Persona.Trait;
import dev.throughline.engine.Persona.Value;
import dev.throughline.segment.Memberships;
import dev.throughline.segment.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a persona while customers pass by. Used by one thread. */
final class Portrait {

    private static final int MOST_VALUES = 5;

    private final Segment segment;
    private final Map<String, Tally> hers = new LinkedHashMap<>();
    private final Map<String, Tally> all = new LinkedHashMap<>();
    private long members;
    private long customers;

    Portrait(Segment segment, List<String> traits) {
        this.segment = segment;
        for (String trait : traits) {
            hers.put(trait, new Tally());
            all.put(trait, new Tally());
        }
    }

    void see(CustomerState state) {
        if (state.survivor().isPresent() || state.isErased()) {
            return;
        }
        boolean inside = state.part(Memberships.class)
                .filter(memberships -> memberships.since(segment.name()) != null)
                .isPresent();
        customers++;
        members += inside ? 1 : 0;
        all.forEach((trait, tally) -> add(state, trait, tally));
        if (inside) {
            hers.forEach((trait, tally) -> add(state, trait, tally));
        }
    }

    private static void add(CustomerState state, String trait, Tally tally) {
        tally.add(state.customer().id(), state.customer().profile().traits().get(trait));
    }

    Persona drawn() {
        return new Persona(
                segment,
                members,
                customers,
                hers.keySet().stream().map(this::trait).toList());
    }

    private Trait trait(String name) {
        var tally = hers.getOrDefault(name, new Tally());
        var others = all.getOrDefault(name, new Tally());
        var values = tally.frequent(MOST_VALUES).stream()
                .map(value -> new Value(
                        value,
                        tally.count(value),
                        (double) tally.count(value) / members,
                        (double) others.count(value) / customers))
                .toList();
        return new Trait(name, values, tally.median(), others.median());
    }
}

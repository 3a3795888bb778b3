// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.store.Codecs;
import dev.throughline.store.Exclusion;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Everything that a store holds, as sorted lines of its bytes. */
final class StoreTrace {

    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
    private static final int ALL = 1_000_000;

    /** How many processes have turned on a store differs by how often it was broken off, and that is no fault. */
    private static final String PROCESSES = "virtual.runs";

    private final Store store;
    private final Codecs codecs;
    private final List<String> lines = new ArrayList<>();

    private StoreTrace(Store store, Codecs codecs) {
        this.store = store;
        this.codecs = codecs;
    }

    /** Numbers that a store gives on its own are left out. */
    static List<String> of(Store store, Codecs codecs) {
        var trace = new StoreTrace(store, codecs);
        trace.logs();
        trace.states();
        trace.waiting();
        trace.settings();
        Collections.sort(trace.lines);
        return trace.lines;
    }

    private void logs() {
        for (Entry.Log log : Entry.Log.values()) {
            store.scan(
                    log,
                    line -> add(
                            log + " " + line.subject() + " " + line.id() + " " + line.at(),
                            codecs.payloads(),
                            line.body()));
        }
    }

    private void states() {
        for (Key.Kind kind : Key.Kind.values()) {
            for (Key key : store.keys(kind, null, ALL)) {
                store.peek(key).ifPresent(state -> add("state " + key, codecs.state(kind), state));
            }
        }
    }

    private void waiting() {
        try (Unit unit = store.begin()) {
            unit.takeTold(ALL).forEach(told -> add("told", told));
            unit.takeInbox(ALL).forEach(recorded -> add("inbox", recorded));
            unit.takeDue(END, ALL).forEach(timer -> lines.add("timer " + timer));
            unit.stale(END, List.of(new Exclusion(Exclusion.By.EVERYTHING, "")), ALL)
                    .forEach(row -> add("outbox", Outgoing.CODEC, row));
        }
        lines.add("sending " + store.backlog().get("sending"));
        store.deadLetters(0, ALL).forEach(letter -> {
            lines.add("dead letter at " + letter.at() + ": " + letter.error());
            add("dead letter", letter.envelope());
        });
    }

    private void settings() {
        var settings = new TreeMap<>(store.settings());
        settings.remove(PROCESSES);
        settings.forEach((name, value) -> lines.add("setting " + name + " " + value));
        store.definitions().forEach(definition -> lines.add("definition " + definition));
    }

    private void add(String what, Envelope envelope) {
        lines.add(what + " " + envelope.to() + " " + envelope.input().id());
    }

    private <T> void add(String what, Codec<? super T> codec, T value) {
        lines.add(what + " " + (value instanceof Payload ? value.getClass().getSimpleName() : "") + " "
                + HexFormat.of().formatHex(codec.encode(value)));
    }
}

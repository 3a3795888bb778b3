// SPDX-License-Identifier: Apache-2.0
package dev.throughline.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.ring.Key;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Changes;
import dev.throughline.store.Codecs;
import dev.throughline.store.StoreException;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Key MAI = Key.pool("mai");

    private final MemoryStore store = new MemoryStore();

    @BeforeEach
    void open() {
        store.open(new Codecs(Map.of(), new Payloads()));
    }

    @Test
    void keepsTheStateAsTheObjectItIs() {
        var state = new Object();

        change(changes -> changes.change(MAI, state));

        assertThat(store.peek(MAI).orElseThrow()).isSameAs(state);
    }

    @Test
    void showsReadersNothingOfAnOpenUnit() {
        change(changes -> changes.timersSet().add(new Timer(MAI, "wait", NOON)));

        try (Unit unit = store.begin()) {
            assertThat(unit.takeDue(NOON, 10)).hasSize(1);

            assertThat(store.nextDue()).contains(NOON);
            assertThat(store.backlog()).containsEntry("timers", 1L);
        }
    }

    @Test
    void putsBackWhatWasTakenWithoutACommit() {
        change(changes -> changes.timersSet().add(new Timer(MAI, "wait", NOON)));

        try (Unit unit = store.begin()) {
            unit.takeDue(NOON, 10);
        }

        try (Unit unit = store.begin()) {
            assertThat(unit.takeDue(NOON, 10)).containsExactly(new Timer(MAI, "wait", NOON));
        }
    }

    @Test
    void refusesASecondUnitOfTheSameThread() {
        try (Unit unit = store.begin()) {
            assertThatThrownBy(store::begin)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this thread has a unit of work open: expected it to be closed before another begins");
            assertThat(unit.settings()).isEmpty();
        }
    }

    @Test
    void refusesUnitsAfterItWasClosed() {
        store.close();

        assertThatThrownBy(store::begin)
                .isInstanceOf(StoreException.class)
                .hasMessage("the in-memory store is closed: expected no unit of work after close()");
    }

    @Test
    void refusesAStateOfAKeyThatIsNotClaimed() {
        var changes = Changes.none();
        changes.change(MAI, "state");

        try (Unit unit = store.begin()) {
            assertThatThrownBy(() -> unit.commit(changes))
                    .hasMessage("POOL/mai is not this unit's: expected it to be claimed first");
        }
        assertThat(store.peek(MAI)).isEmpty();
    }

    @Test
    void tellsItsOwnKeysFromThoseOfAnotherStore() {
        change(changes -> changes.change(MAI, "here"));
        var other = new MemoryStore();

        try (Unit unit = other.begin()) {
            unit.claim(Set.of(MAI), true);
            assertThat(unit.load(List.of(MAI))).containsOnlyNulls();
        }

        assertThat(other.peek(MAI)).isEmpty();
        assertThat(store.peek(MAI)).contains("here");
    }

    @Test
    void forgetsTheKeysOfAUnitThatChangedNothing() {
        var once = Key.pool("once");
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(once), true);
        }
        var again = Key.pool("once");
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(again), true);
            var changes = Changes.none();
            changes.change(again, "kept");
            unit.commit(changes);
        }

        try (Unit unit = store.begin()) {
            unit.claim(Set.of(once), true);
            assertThat(unit.load(List.of(once))).containsExactly("kept");
        }
    }

    @Test
    void keepsSeveralTimersOfOneKeyApart() {
        var timers = List.of(
                new Timer(MAI, "a", NOON),
                new Timer(MAI, "b", NOON.plusNanos(1)),
                new Timer(MAI, "c", NOON.plusNanos(2)));
        change(changes -> changes.timersSet().addAll(timers));

        change(changes -> changes.timersCancelled().add(new Changes.TimerName(MAI, "b")));

        try (Unit unit = store.begin()) {
            assertThat(unit.takeDue(NOON.plusSeconds(1), 10)).containsExactly(timers.get(0), timers.get(2));
        }
    }

    private void change(Consumer<Changes> fill) {
        var changes = Changes.none();
        fill.accept(changes);
        try (Unit unit = store.begin()) {
            unit.claim(Set.of(MAI), true);
            unit.commit(changes);
        }
    }
}

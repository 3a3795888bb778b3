// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static dev.throughline.testkit.StoreScene.LAN;
import static dev.throughline.testkit.StoreScene.MAI;
import static dev.throughline.testkit.StoreScene.MAIS_ID;
import static dev.throughline.testkit.StoreScene.MAIS_PHONE;
import static dev.throughline.testkit.StoreScene.NOON;
import static dev.throughline.testkit.StoreScene.advertisement;
import static dev.throughline.testkit.StoreScene.attempt;
import static dev.throughline.testkit.StoreScene.attempted;
import static dev.throughline.testkit.StoreScene.happened;
import static dev.throughline.testkit.StoreScene.line;
import static dev.throughline.testkit.StoreScene.message;
import static dev.throughline.testkit.StoreScene.outgoing;
import static dev.throughline.testkit.StoreScene.sentBefore;
import static dev.throughline.testkit.StoreScene.since;
import static dev.throughline.testkit.StoreScene.slots;
import static dev.throughline.testkit.StoreScene.told;
import static dev.throughline.testkit.StoreScene.toward;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.atIndex;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.identity.Channel;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Definition;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Exclusion;
import dev.throughline.store.LinePlace;
import dev.throughline.store.Queue;
import dev.throughline.store.Store;
import dev.throughline.store.StoreException;
import dev.throughline.store.Timer;
import dev.throughline.store.Unit;
import dev.throughline.testkit.StoreScene.Note;
import dev.throughline.testkit.StoreScene.Novelty;
import dev.throughline.testkit.StoreScene.Purse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every promise of {@link Store} and {@link Unit}, as tests. Extend it for a store of your own and say how one is made; promises that a
 * store does not give (it forgets with the process, it has no transactions to join) are skipped.
 */
public abstract class StoreConformance {

    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService others = Executors.newCachedThreadPool();

    private Store store = createStore();

    /** For subclasses. */
    protected StoreConformance() {}

    /**
     * Makes an empty store.
     *
     * @return a store, not opened, on ground where no other test has been
     */
    protected abstract Store createStore();

    /**
     * Makes another store on the same ground, after the first was closed.
     *
     * @return a store, not opened; empty if the store forgets with the process
     */
    protected Optional<Store> createSuccessor() {
        return Optional.empty();
    }

    /**
     * Connects to the database that the store shares with the host.
     *
     * @return a connection outside any transaction, to be closed; empty if there are no transactions to join
     */
    protected Optional<Connection> connectHost() {
        return Optional.empty();
    }

    @BeforeEach
    final void open() {
        store.open(StoreScene.codecs());
    }

    @AfterEach
    final void close() throws InterruptedException {
        others.shutdownNow();
        assertThat(others.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        store.close();
        store.close();
    }

    // states

    @Test
    final void keepsAStateOfEachKind() {
        for (Key key : List.of(MAI, MAIS_PHONE, MAIS_ID, Key.pool("vouchers"))) {
            put(key, 7);

            assertThat(store.peek(key)).contains(Purse.of(7));
        }
    }

    @Test
    final void replacesAState() {
        put(MAI, 1);
        put(MAI, 2);

        assertThat(load(MAI)).isEqualTo(Purse.of(2));
    }

    @Test
    final void loadsOnlyKeysThatHaveAState() {
        put(MAI, 1);

        try (Unit unit = store.begin()) {
            unit.claim(List.of(MAI, LAN), true);

            assertThat(unit.load(List.of(LAN, MAI))).containsExactly(null, Purse.of(1));
        }
    }

    @Test
    final void loadsManyKeysAtOnce() {
        var keys = new ArrayList<Key>();
        for (int i = 0; i < 1500; i++) {
            keys.add(Key.pool("pool '" + i + "\" \\ ä"));
        }
        change(changes -> keys.forEach(key -> changes.change(key, Purse.of(keys.indexOf(key)))));

        try (Unit unit = store.begin()) {
            unit.claim(keys, true);

            assertThat(unit.load(keys)).hasSize(1500).contains(Purse.of(77), atIndex(77));
        }
    }

    @Test
    final void keepsNothingWithoutACommit() {
        try (Unit unit = store.begin()) {
            unit.claim(List.of(MAI), true);
        }

        assertThat(store.peek(MAI)).isEmpty();
        assertThat(load(MAI)).isNull();
    }

    @Test
    final void appliesAllKindsOfChangesTogether() {
        change(changes -> {
            changes.change(MAI, Purse.of(1));
            changes.timersSet().add(new Timer(MAI, "wait", NOON));
            changes.enqueued().add(advertisement(1));
            changes.told().add(told(LAN, 1));
            changes.entries().add(line(Entry.Log.TIMELINE, "mai", "tp1", NOON));
            changes.routes().put("provider-1", MAIS_PHONE);
            changes.deadLetters().add(new DeadLetter(told(LAN, 2), "failed", NOON));
            changes.settings().put("environment", "test");
            changes.members().put(new Changes.Member("vip", MAI), true);
            changes.definitions().add(new Definition("campaign", "basket", "v1", "{}", NOON, "lan"));
        });

        assertThat(store.members("vip", null, 10)).containsExactly(MAI);
        assertThat(store.definitions()).containsExactly(new Definition("campaign", "basket", "v1", "{}", NOON, "lan"));
        assertThat(store.peek(MAI)).contains(Purse.of(1));
        assertThat(store.nextDue()).contains(NOON);
        assertThat(store.entries(Entry.Log.TIMELINE, "mai")).hasSize(1);
        assertThat(store.route("provider-1")).contains(MAIS_PHONE);
        assertThat(store.deadLetters(0, 10)).hasSize(1);
        assertThat(store.settings()).isEqualTo(Map.of("environment", "test"));
        assertThat(store.backlog())
                .isEqualTo(Map.of("outbox", 1L, "sending", 0L, "inbox", 0L, "told", 1L, "timers", 1L, "dead", 1L));
    }

    @Test
    final void erasesEverythingUnderAKeyAndNothingElse() {
        change(changes -> {
            changes.enqueued().add(advertisement(1));
            changes.enqueued().add(toward(advertisement(2), LAN, LAN));
        });
        assertThat(take(slots(1))).hasSize(1);
        change(changes -> {
            for (Key key : List.of(MAI, LAN)) {
                changes.change(key, Purse.of(1));
                changes.timersSet().add(new Timer(key, "wait", NOON));
                changes.told().add(told(key, key.equals(MAI) ? 1 : 2));
                changes.routes().put("provider-" + key.id(), key);
                for (Entry.Log log : Entry.Log.values()) {
                    changes.entries().add(line(log, key.id(), log + key.id(), NOON));
                }
            }
        });

        change(changes -> {
            changes.erased().add(new Changes.Erased(MAI, true));
            changes.timersSet().add(new Timer(MAI, "anew", NOON.plusSeconds(1)));
            changes.entries().add(line(Entry.Log.TIMELINE, "mai", "left", NOON));
        });

        assertThat(store.peek(MAI)).isEmpty();
        assertThat(store.peek(LAN)).contains(Purse.of(1));
        assertThat(store.route("provider-mai")).isEmpty();
        assertThat(store.route("provider-lan")).contains(LAN);
        assertThat(store.entries(Entry.Log.TIMELINE, "mai"))
                .extracting(Entry::id)
                .containsExactly("left");
        assertThat(store.entries(Entry.Log.LEDGER, "mai")).isEmpty();
        assertThat(store.entries(Entry.Log.LEDGER, "lan")).hasSize(1);
        assertThat(store.backlog())
                .isEqualTo(Map.of("outbox", 1L, "sending", 0L, "inbox", 0L, "told", 1L, "timers", 2L, "dead", 0L));
    }

    @Test
    final void keepsTheStateOfAKeyThatIsErasedButForIt() {
        change(changes -> {
            changes.change(MAIS_PHONE, Purse.of(1));
            changes.routes().put("provider-1", MAIS_PHONE);
        });

        change(changes -> {
            changes.erased().add(new Changes.Erased(MAIS_PHONE, false));
            changes.change(MAIS_PHONE, Purse.of(2));
        });

        assertThat(store.peek(MAIS_PHONE)).contains(Purse.of(2));
        assertThat(store.route("provider-1")).isEmpty();
    }

    @Test
    final void looksAtStatesWithoutClaimingThem() {
        put(MAI, 7);

        try (Unit unit = store.begin()) {
            assertThat(unit.peek(List.of(MAI, LAN))).isEqualTo(Map.of(MAI, Purse.of(7)));
            assertThat(unit.peek(List.of())).isEmpty();
        }
    }

    @Test
    final void refusesAStateWhoseKeyIsNotClaimed() {
        var changes = Changes.none();
        changes.change(MAI, Purse.of(1));

        try (Unit unit = store.begin()) {
            assertThatThrownBy(() -> unit.commit(changes)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> unit.load(List.of(MAI))).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store.peek(MAI)).isEmpty();
    }

    @Test
    final void endsAUnitWithItsCommit() {
        Unit unit = store.begin();
        unit.commit(Changes.none());

        assertThatThrownBy(() -> unit.commit(Changes.none())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(unit::settings).isInstanceOf(IllegalStateException.class);
        unit.close();
        unit.close();
    }

    @Test
    final void showsReadersOnlyWhatHasCommitted() throws Exception {
        put(MAI, 1);
        change(changes -> changes.timersSet().add(new Timer(MAI, "wait", NOON)));

        try (Unit unit = store.begin()) {
            assertThat(unit.takeDue(NOON, 10)).hasSize(1);

            assertThat(elsewhere(() -> store.peek(MAI)).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .contains(Purse.of(1));
            assertThat(elsewhere(store::nextDue).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .contains(NOON);
        }
    }

    @Test
    final void readsOldLinesSubjectBySubject() {
        change(changes -> changes.entries()
                .addAll(List.of(
                        line(Entry.Log.TIMELINE, "mai", "m2", NOON.minusNanos(1)),
                        line(Entry.Log.TIMELINE, "lan", "l1", NOON.minusSeconds(9)),
                        line(Entry.Log.TIMELINE, "mai", "m1", NOON.minusSeconds(7)),
                        line(Entry.Log.TIMELINE, "mai", "m0", NOON.minusSeconds(7)),
                        line(Entry.Log.TIMELINE, "mai", "young", NOON),
                        line(Entry.Log.DECISIONS, "mai", "another log", NOON.minusSeconds(7)))));

        assertThat(older(null, 2)).containsExactly("l1", "m0");
        assertThat(older(new LinePlace("mai", NOON.minusSeconds(7), "m0"), 2)).containsExactly("m1", "m2");
        assertThat(older(new LinePlace("mai", NOON.minusNanos(1), "m2"), 2)).isEmpty();
    }

    @Test
    final void removesLinesOfOneLog() {
        Entry line = line(Entry.Log.TIMELINE, "mai", "tp1", NOON);
        change(changes -> changes.entries()
                .addAll(List.of(
                        line,
                        line(Entry.Log.TIMELINE, "mai", "tp2", NOON),
                        line(Entry.Log.DECISIONS, "mai", "tp1", NOON),
                        Entry.of(Entry.Log.DECISIONS, "mai", NOON, new Note("named")))));

        change(changes -> {
            changes.pruned()
                    .put(
                            Entry.Log.TIMELINE,
                            List.of(LinePlace.of(line), new LinePlace("lan", NOON, "was never there")));
            changes.pruned().put(Entry.Log.DECISIONS, List.of(new LinePlace("mai", NOON, "note/named")));
        });

        assertThat(store.entries(Entry.Log.TIMELINE, "mai"))
                .extracting(Entry::id)
                .containsExactly("tp2");
        assertThat(scan(Entry.Log.DECISIONS)).extracting(Entry::id).containsExactly("tp1");
        assertThat(this.<Set<String>>inUnit(unit -> unit.seen(List.of("tp1", "tp2"), NOON)))
                .containsExactly("tp2");
        change(changes -> changes.entries().add(line));
        assertThat(store.entries(Entry.Log.TIMELINE, "mai")).hasSize(2);
    }

    private List<String> older(@Nullable LinePlace after, int limit) {
        return store.older(Entry.Log.TIMELINE, NOON, after, limit).stream()
                .map(Entry::id)
                .toList();
    }

    // claims

    @Test
    final void claimsAgainWhatItHas() {
        try (Unit unit = store.begin()) {
            assertThat(unit.claim(List.of(MAI), true)).isEmpty();
            assertThat(unit.claim(List.of(MAI, LAN), false)).isEmpty();
        }
    }

    @Test
    final void refusesToWaitOnceItHasKeys() {
        try (Unit unit = store.begin()) {
            unit.claim(List.of(MAI), false);

            assertThatThrownBy(() -> unit.claim(List.of(LAN), true)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    final void neverGivesAKeyToTwoUnits() throws Exception {
        Future<Set<Key>> claimed;
        try (Unit unit = store.begin()) {
            unit.claim(List.of(MAI), true);
            claimed = elsewhere(() -> inUnit(other -> other.claim(List.of(MAI), false)));

            assertThat(settled(claimed))
                    .satisfiesAnyOf(still -> assertThat(still).isEmpty(), without -> assertThat(without.orElseThrow())
                            .containsExactly(MAI));
        }
        assertThat(claimed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSubsetOf(MAI);
    }

    @Test
    final void waitsForAKeyAndSeesWhatItsHolderCommitted() throws Exception {
        Future<Object> loaded;
        try (Unit unit = store.begin()) {
            unit.claim(List.of(MAI), true);
            loaded = elsewhere(() -> load(MAI));
            assertThat(settled(loaded)).isEmpty();

            var changes = Changes.none();
            changes.change(MAI, Purse.of(5));
            unit.commit(changes);
        }

        assertThat(loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Purse.of(5));
    }

    @Test
    final void keepsTheSumWhateverUnitsMoveAtTheSameTime() throws Exception {
        int purses = 8;
        var keys = new ArrayList<Key>();
        for (int i = 0; i < purses; i++) {
            keys.add(Key.pool("purse" + i));
            put(keys.get(i), 100);
        }

        var movers = new ArrayList<Future<Integer>>();
        for (long seed = 1; seed <= 4; seed++) {
            var random = new Random(seed);
            movers.add(elsewhere(() -> move(keys, random, 50)));
        }
        int moved = 0;
        for (Future<Integer> mover : movers) {
            moved += mover.get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        long sum = keys.stream()
                .mapToLong(key ->
                        store.peek(key).map(state -> ((Purse) state).amount()).orElse(0L))
                .sum();
        assertThat(sum).isEqualTo(100L * purses);
        assertThat(moved).isEqualTo(4 * 50);
    }

    // touchpoints

    @Test
    final void knowsTheTouchpointsOnTheTimelineSinceAnInstant() {
        change(changes -> {
            changes.entries().add(line(Entry.Log.TIMELINE, "mai", "old", NOON.minusSeconds(1)));
            changes.entries().add(line(Entry.Log.TIMELINE, "mai", "new", NOON));
            changes.entries().add(line(Entry.Log.DECISIONS, "mai", "decision", NOON));
        });

        Set<String> seen = inUnit(unit -> unit.seen(List.of("old", "new", "decision", "unknown"), NOON));

        assertThat(seen).containsExactly("new");
    }

    // timers

    @Test
    final void takesTimersThatAreDueEarliestFirst() {
        change(changes -> changes.timersSet()
                .addAll(List.of(
                        new Timer(LAN, "a", NOON),
                        new Timer(MAI, "b", NOON),
                        new Timer(LAN, "b", NOON),
                        new Timer(MAI, "later", NOON.plusNanos(1)),
                        new Timer(MAI, "earlier", NOON.minusNanos(1)))));

        List<Timer> due = takeDue(NOON, 10);

        assertThat(due)
                .containsExactly(
                        new Timer(MAI, "earlier", NOON.minusNanos(1)),
                        new Timer(LAN, "a", NOON),
                        new Timer(LAN, "b", NOON),
                        new Timer(MAI, "b", NOON));
        assertThat(store.nextDue()).contains(NOON.plusNanos(1));
    }

    @Test
    final void takesNoMoreTimersThanAsked() {
        change(changes -> {
            for (int i = 0; i < 20; i++) {
                changes.timersSet().add(new Timer(Key.pool("p" + i), "t", NOON.plusSeconds(i)));
            }
        });

        assertThat(takeDue(NOON.plusSeconds(100), 7)).hasSize(7);
        assertThat(takeDue(NOON.plusSeconds(100), 100))
                .hasSize(13)
                .first()
                .extracting(Timer::due)
                .isEqualTo(NOON.plusSeconds(7));
        assertThat(store.nextDue()).isEmpty();
    }

    @Test
    final void movesATimerThatIsSetAgain() {
        setTimer("wait", NOON);
        setTimer("wait", NOON.plusSeconds(60));

        assertThat(takeDue(NOON, 10)).isEmpty();
        assertThat(takeDue(NOON.plusSeconds(60), 10)).containsExactly(new Timer(MAI, "wait", NOON.plusSeconds(60)));
    }

    @Test
    final void keepsTheLastOfTwoSettingsInOneUnit() {
        change(changes -> changes.timersSet()
                .addAll(List.of(new Timer(MAI, "wait", NOON.plusSeconds(60)), new Timer(MAI, "wait", NOON))));

        assertThat(store.nextDue()).contains(NOON);
        assertThat(store.backlog()).containsEntry("timers", 1L);
    }

    @Test
    final void cancelsATimerAndNoOther() {
        setTimer("one", NOON);
        setTimer("two", NOON);

        change(changes -> changes.timersCancelled()
                .addAll(List.of(
                        new Changes.TimerName(MAI, "one"),
                        new Changes.TimerName(LAN, "two"),
                        new Changes.TimerName(MAI, "none"))));

        assertThat(takeDue(NOON, 10)).containsExactly(new Timer(MAI, "two", NOON));
    }

    @Test
    final void cancelsBeforeItSets() {
        setTimer("wait", NOON);

        change(changes -> {
            changes.timersSet().add(new Timer(MAI, "wait", NOON.plusSeconds(1)));
            changes.timersCancelled().add(new Changes.TimerName(MAI, "wait"));
        });

        assertThat(store.nextDue()).contains(NOON.plusSeconds(1));
    }

    @Test
    final void setsATimerAgainThatItHasTaken() {
        setTimer("wait", NOON);

        try (Unit unit = store.begin()) {
            assertThat(unit.takeDue(NOON, 10)).hasSize(1);
            assertThat(unit.takeDue(NOON, 10)).isEmpty();
            var changes = Changes.none();
            changes.timersSet().add(new Timer(MAI, "wait", NOON.plusSeconds(1)));
            unit.commit(changes);
        }

        assertThat(store.nextDue()).contains(NOON.plusSeconds(1));
        assertThat(store.backlog()).containsEntry("timers", 1L);
    }

    @Test
    final void claimsTheKeysOfTimersThatItTakes() {
        setTimer("wait", NOON);

        try (Unit unit = store.begin()) {
            unit.takeDue(NOON, 10);
            var changes = Changes.none();
            changes.change(MAI, Purse.of(3));
            unit.commit(changes);
        }

        assertThat(store.peek(MAI)).contains(Purse.of(3));
    }

    // told

    @Test
    final void givesBackEachKindOfInputAsItWas() {
        var inputs = List.of(
                told(MAI, 1),
                happened(MAI, 2),
                new Envelope(MAI, new Input.Due("d", "wait", NOON), "", 3),
                new Envelope(MAI, new Input.Answered("a", new Note("answer")), "port", 4),
                new Envelope(MAI, new Input.Received("r", new Note("receipt")), "", 5));
        change(changes -> changes.told().addAll(inputs));

        assertThat(takeTold(10)).isEqualTo(inputs);
        assertThat(takeTold(10)).isEmpty();
    }

    @Test
    final void takesWhatWasToldOldestFirst() {
        change(changes -> changes.told().addAll(List.of(told(MAI, 1), told(LAN, 2))));
        change(changes -> changes.told().addAll(List.of(told(MAIS_PHONE, 3), told(MAI, 4))));

        assertThat(takeTold(3)).containsExactly(told(MAI, 1), told(LAN, 2), told(MAIS_PHONE, 3));
        assertThat(takeTold(3)).containsExactly(told(MAI, 4));
    }

    @Test
    final void putsBackInOrderWhatItTookWithoutACommit() {
        change(changes -> {
            changes.told().addAll(List.of(told(MAI, 1), told(MAI, 2), told(MAI, 3)));
            changes.timersSet().add(new Timer(MAI, "wait", NOON));
            changes.enqueued().addAll(List.of(advertisement(1), advertisement(2)));
        });

        try (Unit unit = store.begin()) {
            assertThat(unit.takeTold(2)).hasSize(2);
            assertThat(unit.takeDue(NOON, 1)).hasSize(1);
            assertThat(unit.withdraw(List.of(message(1)))).hasSize(1);
        }

        assertThat(store.backlog())
                .isEqualTo(Map.of("outbox", 2L, "sending", 0L, "inbox", 0L, "told", 3L, "timers", 1L, "dead", 0L));
        assertThat(takeTold(10)).containsExactly(told(MAI, 1), told(MAI, 2), told(MAI, 3));
    }

    @Test
    final void leavesWhatIsToldToAKeyOfAnotherUnit() throws Exception {
        change(changes -> changes.told().addAll(List.of(told(MAI, 1), told(MAI, 2))));

        Future<List<Envelope>> taken;
        try (Unit unit = store.begin()) {
            unit.claim(List.of(MAI), true);
            taken = elsewhere(this::peekTold);

            assertThat(settled(taken))
                    .satisfiesAnyOf(still -> assertThat(still).isEmpty(), without -> assertThat(without.orElseThrow())
                            .isEmpty());
        }
        taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(takeTold(10)).containsExactly(told(MAI, 1), told(MAI, 2));
    }

    // inbox

    @Test
    final void takesWhatTheHostsTransactionRecordedOnceItHasCommitted() throws SQLException {
        try (Connection host = host()) {
            store.join(host, happened(MAIS_ID, 1), StoreScene::holder);
            store.join(host, happened(MAIS_ID, 2), StoreScene::holder);
            assertThat(store.backlog()).containsEntry("inbox", 0L);
            host.commit();
        }

        assertThat(store.backlog()).containsEntry("inbox", 2L);
        assertThat(takeInbox(1)).containsExactly(happened(MAIS_ID, 1));
        assertThat(takeInbox(10)).containsExactly(happened(MAIS_ID, 2));
        assertThat(takeInbox(10)).isEmpty();
    }

    @Test
    final void forgetsWhatTheHostsTransactionRolledBack() throws SQLException {
        try (Connection host = host()) {
            store.join(host, happened(MAIS_ID, 1), StoreScene::holder);
            host.rollback();
        }

        assertThat(takeInbox(10)).isEmpty();
    }

    @Test
    final void handsTheReceiversStateToWhoeverNamesTheOwner() throws SQLException {
        change(changes -> changes.change(MAIS_ID, new Purse(0, "mai")));
        var asked = new ArrayList<Object>();

        try (Connection host = host()) {
            store.join(host, happened(MAIS_ID, 1), state -> {
                asked.add(String.valueOf(state));
                return null;
            });
            store.join(host, happened(Key.pool("unknown"), 2), state -> {
                asked.add(String.valueOf(state));
                return null;
            });
            host.commit();
        }

        assertThat(asked).containsExactly(new Purse(0, "mai").toString(), "null");
        assertThat(takeInbox(10)).hasSize(2);
    }

    @Test
    final void sendsNothingToACustomerWithATouchpointInTheInbox() throws SQLException {
        change(changes -> {
            changes.change(MAIS_ID, new Purse(0, "mai"));
            changes.enqueued().add(advertisement(1));
            changes.enqueued().add(toward(advertisement(2), Key.pool("elsewhere"), LAN));
        });
        try (Connection host = host()) {
            store.join(host, happened(MAIS_ID, 1), StoreScene::holder);
            host.commit();
        }

        assertThat(ids(take(slots(10)))).containsExactly(message(2));
        takeInbox(10);
        assertThat(ids(take(slots(10)))).containsExactly(message(1));
    }

    @Test
    final void refusesToJoinAConnectionThatCommitsByItself() throws SQLException {
        try (Connection host = host()) {
            host.setAutoCommit(true);

            assertThatThrownBy(() -> store.join(host, happened(MAIS_ID, 1), StoreScene::holder))
                    .hasMessageEndingWith(
                            "the connection is in auto-commit mode, expected one whose transaction the host commits");
        }
        assertThat(store.backlog()).containsEntry("inbox", 0L);
    }

    // outbox

    @Test
    final void handsOutUrgentMessagesFirstThenByTheirIds() {
        change(changes -> changes.enqueued()
                .addAll(List.of(
                        advertisement(1),
                        outgoing(4, MessageClass.TRANSACTIONAL, Channel.SMS),
                        outgoing(2, MessageClass.SERVICE, Channel.SMS),
                        outgoing(3, MessageClass.ONE_TIME_CODE, Channel.SMS))));

        List<Outgoing> taken = take(slots(10));

        assertThat(ids(taken)).containsExactly(message(3), message(4), message(1), message(2));
        assertThat(taken.get(1)).isEqualTo(outgoing(4, MessageClass.TRANSACTIONAL, Channel.SMS));
    }

    @Test
    final void fillsTheFreeSlotsOfEachChannel() {
        change(changes -> {
            for (int i = 0; i < 10; i++) {
                changes.enqueued().add(outgoing(i, MessageClass.MARKETING, i < 5 ? Channel.SMS : Channel.EMAIL));
            }
            changes.enqueued().add(outgoing(10, MessageClass.MARKETING, Channel.PUSH));
        });

        var dispatch =
                new Dispatch(NOON, Map.of("sms", 2, "email", 3, "push", 0), List.of(), Duration.ofMinutes(1), "host");

        assertThat(ids(take(dispatch))).containsExactly(message(0), message(1), message(5), message(6), message(7));
    }

    @Test
    final void takesWithoutLimitWhereNoneIsSet() {
        change(changes -> changes.enqueued()
                .addAll(List.of(advertisement(1), outgoing(2, MessageClass.MARKETING, Channel.EMAIL))));

        var dispatch = new Dispatch(
                NOON,
                Map.of("sms", Integer.MAX_VALUE, "email", Integer.MAX_VALUE),
                List.of(),
                Duration.ofMinutes(1),
                "host");

        assertThat(ids(take(dispatch))).containsExactly(message(1), message(2));
    }

    @Test
    final void takesAllTimersWhereNoLimitIsSet() {
        change(changes -> {
            for (int i = 0; i < 2000; i++) {
                changes.timersSet().add(new Timer(Key.pool("p" + i), "t", NOON));
            }
        });

        assertThat(takeDue(NOON, Integer.MAX_VALUE))
                .hasSize(2000)
                .isSortedAccordingTo(Comparator.comparing(Timer::key));
    }

    @Test
    final void handsOutEachMessageOnce() {
        change(changes -> changes.enqueued().addAll(List.of(advertisement(1), advertisement(2))));

        try (Unit unit = store.begin()) {
            assertThat(ids(unit.take(slots(1)))).containsExactly(message(1));
            assertThat(ids(unit.take(slots(1)))).containsExactly(message(2));
            assertThat(unit.take(slots(1))).isEmpty();
            unit.commit(Changes.none());
        }

        assertThat(take(slots(10))).isEmpty();
        assertThat(store.backlog()).containsEntry("outbox", 0L).containsEntry("sending", 2L);
    }

    @Test
    final void leavesAMessageWaitingIfItsTakerDoesNotCommit() {
        change(changes -> changes.enqueued().add(advertisement(1)));

        try (Unit unit = store.begin()) {
            assertThat(unit.take(slots(1))).hasSize(1);
        }

        assertThat(store.backlog()).containsEntry("outbox", 1L).containsEntry("sending", 0L);
        assertThat(ids(take(slots(1)))).containsExactly(message(1));
    }

    @Test
    final void tellsHowLongEachQueueHasWaited() {
        change(changes -> changes.enqueued()
                .addAll(List.of(
                        since(advertisement(3), NOON),
                        since(outgoing(4, MessageClass.TRANSACTIONAL, Channel.SMS), NOON.plusSeconds(2)),
                        since(outgoing(5, MessageClass.SERVICE, Channel.EMAIL), NOON.plusSeconds(1)))));
        change(changes -> changes.enqueued().add(since(advertisement(1), NOON.plusSeconds(3))));
        var mails = new Queue("email", false, 1, NOON.plusSeconds(1));
        var codes = new Queue("sms", true, 1, NOON.plusSeconds(2));

        assertThat(store.queues()).containsExactly(mails, codes, new Queue("sms", false, 2, NOON));

        assertThat(ids(take(slots(2)))).containsExactly(message(4), message(1));
        assertThat(store.queues()).containsExactly(mails, new Queue("sms", false, 1, NOON));

        inUnit(unit -> unit.withdraw(List.of(message(3))));
        assertThat(store.queues()).containsExactly(mails);
    }

    @Test
    final void tellsHowLongAMessageHasWaitedWhoseTakerDoesNotCommit() {
        change(changes ->
                changes.enqueued().addAll(List.of(advertisement(1), since(advertisement(2), NOON.plusSeconds(1)))));

        try (Unit unit = store.begin()) {
            assertThat(ids(unit.take(slots(1)))).containsExactly(message(1));
        }

        assertThat(store.queues()).containsExactly(new Queue("sms", false, 2, NOON));
    }

    @Test
    final void leavesWhatIsPastItsEnd() {
        change(changes -> changes.enqueued()
                .addAll(List.of(sentBefore(advertisement(1), NOON), sentBefore(advertisement(2), NOON.plusNanos(1)))));

        assertThat(ids(take(slots(10)))).containsExactly(message(2));
    }

    @Test
    final void leavesWhatAnExclusionCoversWithoutStarvingTheRest() {
        change(changes -> {
            for (int i = 0; i < 50; i++) {
                changes.enqueued().add(advertisement(i));
            }
            changes.enqueued().add(outgoing(90, MessageClass.SERVICE, Channel.SMS));
        });

        assertThat(ids(take(slots(1, new Exclusion(Exclusion.By.CLASS, "MARKETING")))))
                .containsExactly(message(90));
        assertThat(take(slots(1, new Exclusion(Exclusion.By.CHANNEL, "sms")))).isEmpty();
        assertThat(take(slots(1, new Exclusion(Exclusion.By.SENDER, "SHOP")))).isEmpty();
        assertThat(take(slots(1, new Exclusion(Exclusion.By.CAMPAIGN, "spring"))))
                .isEmpty();
        assertThat(take(slots(1, new Exclusion(Exclusion.By.EVERYTHING, "")))).isEmpty();
        assertThat(take(slots(1, new Exclusion(Exclusion.By.CAMPAIGN, "autumn"))))
                .hasSize(1);
    }

    @Test
    final void sendsNothingWhileItsContactPointOrCustomerHasBeenTold() {
        var lansPhone = Key.pool("lans-phone");
        change(changes -> changes.enqueued()
                .addAll(List.of(
                        advertisement(1),
                        toward(advertisement(2), lansPhone, LAN),
                        toward(advertisement(3), lansPhone, MAI))));

        change(changes -> changes.told().add(told(MAIS_PHONE, 1)));
        assertThat(ids(peekTake())).containsExactly(message(2), message(3));
        change(changes -> changes.told().add(told(LAN, 2)));
        assertThat(ids(peekTake())).containsExactly(message(3));
        change(changes -> changes.told().add(told(MAI, 3)));
        assertThat(peekTake()).isEmpty();

        takeTold(10);
        assertThat(peekTake()).hasSize(3);
    }

    @Test
    final void sendsNothingBehindWhatAnotherUnitIsStepping() throws Exception {
        change(changes -> {
            changes.enqueued().add(advertisement(1));
            changes.told().add(told(MAIS_PHONE, 1));
        });

        Future<List<Outgoing>> taken;
        try (Unit unit = store.begin()) {
            assertThat(unit.takeTold(10)).hasSize(1);
            taken = elsewhere(() -> take(slots(10)));
            assertThat(settled(taken))
                    .satisfiesAnyOf(still -> assertThat(still).isEmpty(), without -> assertThat(without.orElseThrow())
                            .isEmpty());

            assertThat(unit.withdraw(List.of(message(1)))).hasSize(1);
            unit.commit(Changes.none());
        }

        assertThat(taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    final void withdrawsOnlyWhatNobodyIsSending() {
        change(changes -> changes.enqueued().addAll(List.of(advertisement(1), advertisement(2))));
        assertThat(ids(take(slots(1)))).containsExactly(message(1));

        Set<MessageId> withdrawn = inUnit(unit -> unit.withdraw(List.of(message(1), message(2), message(3))));

        assertThat(withdrawn).containsExactly(message(2));
        assertThat(store.backlog()).containsEntry("outbox", 0L).containsEntry("sending", 1L);
    }

    @Test
    final void eitherWithdrawsOrSendsInARace() throws Exception {
        for (int round = 0; round < 10; round++) {
            var all = new TreeSet<MessageId>();
            var rows = new ArrayList<Outgoing>();
            for (int i = 0; i < 20; i++) {
                rows.add(advertisement(round * 100 + i));
                all.add(message(round * 100 + i));
            }
            change(changes -> changes.enqueued().addAll(rows));
            var start = new CountDownLatch(1);

            Future<Set<MessageId>> withdrawn = elsewhere(() -> {
                start.await();
                return inUnit(unit -> unit.withdraw(all));
            });
            Future<List<Outgoing>> taken = elsewhere(() -> {
                start.await();
                return take(slots(12));
            });
            start.countDown();

            Set<MessageId> gone = withdrawn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            List<MessageId> sent = ids(taken.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertThat(Collections.disjoint(gone, sent)).isTrue();
            assertThat(gone.size() + sent.size()).isEqualTo(20);
        }
    }

    @Test
    final void handsNoMessageToTwoTakersInARace() throws Exception {
        change(changes -> {
            for (int i = 0; i < 200; i++) {
                changes.enqueued().add(advertisement(i));
            }
        });
        var start = new CountDownLatch(1);
        var takers = new ArrayList<Future<List<MessageId>>>();
        for (int i = 0; i < 4; i++) {
            takers.add(elsewhere(() -> {
                start.await();
                var mine = new ArrayList<MessageId>();
                for (int turn = 0; turn < 20; turn++) {
                    mine.addAll(ids(take(slots(5))));
                }
                return mine;
            }));
        }
        start.countDown();

        var all = new ArrayList<MessageId>();
        for (Future<List<MessageId>> taker : takers) {
            all.addAll(taker.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    final void findsStaleMessagesInTheOrderOfTheirIds() {
        change(changes -> changes.enqueued()
                .addAll(List.of(
                        sentBefore(advertisement(3), NOON),
                        sentBefore(advertisement(1), NOON.minusSeconds(5)),
                        outgoing(2, MessageClass.SERVICE, Channel.SMS),
                        sentBefore(advertisement(4), NOON.plusNanos(1)))));

        assertThat(ids(stale(List.of(), 10))).containsExactly(message(1), message(3));
        assertThat(ids(stale(List.of(new Exclusion(Exclusion.By.CLASS, "SERVICE")), 2)))
                .containsExactly(message(1), message(2));
        assertThat(ids(stale(List.of(new Exclusion(Exclusion.By.EVERYTHING, "")), 10)))
                .containsExactly(message(1), message(2), message(3), message(4));
        assertThat(store.backlog()).containsEntry("outbox", 4L);
    }

    @Test
    final void findsNothingStaleThatIsBeingSent() {
        change(changes -> changes.enqueued().add(advertisement(1)));
        take(slots(1));

        assertThat(stale(List.of(new Exclusion(Exclusion.By.EVERYTHING, "")), 10))
                .isEmpty();
    }

    @Test
    final void leavesARowThatIsThereAsItIs() {
        change(changes -> changes.enqueued().add(advertisement(1)));
        change(changes -> changes.enqueued().add(outgoing(1, MessageClass.SERVICE, Channel.SMS)));

        assertThat(take(slots(10))).containsExactly(advertisement(1));
        change(changes -> changes.enqueued().add(advertisement(1)));
        assertThat(take(slots(10))).isEmpty();
    }

    @Test
    final void letsAMessageThatIsFinishedGoAndComeAgain() {
        change(changes -> changes.enqueued().addAll(List.of(advertisement(1), advertisement(2))));
        take(slots(1));

        change(changes -> changes.finished().addAll(List.of(attempt(1, 1), attempt(2, 1), attempt(3, 1))));
        assertThat(store.backlog()).containsEntry("outbox", 0L).containsEntry("sending", 0L);

        change(changes -> changes.enqueued().add(advertisement(1)));
        assertThat(take(slots(10))).containsExactly(advertisement(1));
    }

    @Test
    final void letsTheNewsOfAnEarlierAttemptLeaveTheRowOfALaterOne() {
        Outgoing second = attempted(advertisement(1), 2);
        change(changes -> changes.enqueued().add(second));

        change(changes -> changes.finished().add(attempt(1, 1)));
        assertThat(store.backlog()).containsEntry("outbox", 1L);

        assertThat(take(slots(1))).containsExactly(second);
        change(changes -> changes.finished().add(attempt(1, 1)));
        assertThat(store.backlog()).containsEntry("sending", 1L);
        assertThat(ids(inUnit(unit -> unit.lapsed(10)))).isEmpty();

        change(changes -> changes.finished().add(attempt(1, 2)));
        assertThat(store.backlog()).containsEntry("outbox", 0L).containsEntry("sending", 0L);
    }

    @Test
    final void finishesBeforeItEnqueues() {
        change(changes -> changes.enqueued().add(advertisement(1)));
        take(slots(1));

        change(changes -> {
            changes.finished().add(attempt(1, 1));
            changes.enqueued().add(advertisement(1));
        });

        assertThat(store.backlog()).containsEntry("outbox", 1L).containsEntry("sending", 0L);
    }

    @Test
    final void findsRowsWhoseLeaseHasRunOut() throws InterruptedException {
        assumeTrue(createsSuccessors(), "no crash outlives this store");
        change(changes -> changes.enqueued().addAll(List.of(advertisement(1), advertisement(2), advertisement(3))));
        take(new Dispatch(NOON, Map.of("sms", 2), List.of(), Duration.ofMillis(1), "hangs"));
        take(slots(1));
        Thread.sleep(20);

        assertThat(ids(inUnit(unit -> unit.lapsed(10)))).containsExactly(message(1), message(2));
        assertThat(ids(inUnit(unit -> unit.lapsed(1)))).containsExactly(message(1));
    }

    // logs, routes, settings, dead letters

    @Test
    final void ordersALogByInstantAndThenById() {
        change(changes -> changes.entries()
                .addAll(List.of(
                        line(Entry.Log.LEDGER, "a", "3", NOON),
                        line(Entry.Log.LEDGER, "a", "1", NOON),
                        line(Entry.Log.LEDGER, "b", "2", NOON.minusNanos(1)))));
        change(changes -> changes.entries().add(line(Entry.Log.LEDGER, "a", "4", NOON.minusSeconds(1))));

        assertThat(store.entries(Entry.Log.LEDGER, "a"))
                .containsExactly(
                        line(Entry.Log.LEDGER, "a", "4", NOON.minusSeconds(1)),
                        line(Entry.Log.LEDGER, "a", "1", NOON),
                        line(Entry.Log.LEDGER, "a", "3", NOON));
        assertThat(scan(Entry.Log.LEDGER)).extracting(Entry::id).containsExactly("4", "2", "1", "3");
        assertThat(store.entries(Entry.Log.TIMELINE, "a")).isEmpty();
    }

    @Test
    final void appendsALineOnce() {
        var first = line(Entry.Log.DECISIONS, "mai", "d1", NOON);
        change(changes -> changes.entries().addAll(List.of(first, first)));
        change(changes -> changes.entries()
                .add(new Entry(Entry.Log.DECISIONS, "lan", "d1", NOON.plusSeconds(1), new Note("another"))));
        change(changes -> changes.entries().add(line(Entry.Log.LEDGER, "mai", "d1", NOON)));

        assertThat(scan(Entry.Log.DECISIONS)).containsExactly(first);
        assertThat(scan(Entry.Log.LEDGER)).hasSize(1);
    }

    @Test
    final void replacesALineThatIsRemovedAndAppendedInOneUnit() {
        var first = line(Entry.Log.LEDGER, "mai", "l1", NOON);
        change(changes -> changes.entries().add(first));
        var blotted = new Entry(Entry.Log.LEDGER, "mai", "l1", NOON, new Note("blotted"));
        change(changes -> {
            changes.entries().add(blotted);
            changes.pruned().put(Entry.Log.LEDGER, List.of(LinePlace.of(first)));
        });

        assertThat(store.entries(Entry.Log.LEDGER, "mai")).containsExactly(blotted);
        assertThat(scan(Entry.Log.LEDGER)).containsExactly(blotted);
    }

    @Test
    final void keepsALineThatItsBodyNames() {
        var named = Entry.of(Entry.Log.TIMELINE, "mai", NOON, new Note("named"));
        change(changes -> changes.entries().add(named));

        assertThat(store.entries(Entry.Log.TIMELINE, "mai")).containsExactly(named);
        assertThat(scan(Entry.Log.TIMELINE)).extracting(Entry::id).containsExactly("note/named");
    }

    @Test
    final void readsALogWithinAUnitAsItWasBefore() {
        change(changes -> changes.entries()
                .addAll(List.of(
                        line(Entry.Log.TIMELINE, "mai", "2", NOON),
                        line(Entry.Log.TIMELINE, "mai", "1", NOON),
                        line(Entry.Log.TIMELINE, "lan", "3", NOON),
                        line(Entry.Log.DECISIONS, "mai", "4", NOON))));

        List<Entry> hers = inUnit(unit -> unit.entries(Entry.Log.TIMELINE, "mai"));
        List<Entry> none = inUnit(unit -> unit.entries(Entry.Log.LEDGER, "mai"));
        assertThat(hers).extracting(Entry::id).containsExactly("1", "2");
        assertThat(none).isEmpty();
    }

    @Test
    final void letsAReaderOfALogAskForMore() {
        change(changes -> {
            changes.change(MAI, Purse.of(1));
            for (int i = 0; i < 3000; i++) {
                changes.entries().add(line(Entry.Log.TIMELINE, "mai", "tp" + i, NOON.plusSeconds(i)));
            }
        });
        var found = new HashSet<Object>();

        store.scan(Entry.Log.TIMELINE, entry -> {
            found.add(entry.id());
            found.add(store.peek(MAI).orElseThrow());
        });

        assertThat(found).hasSize(3001);
    }

    @Test
    final void remembersWhoHearsOfAReference() {
        change(changes -> changes.routes().put("ref", MAIS_PHONE));
        change(changes -> changes.routes().put("ref", LAN));

        assertThat(store.route("ref")).contains(LAN);
        assertThat(store.route("unknown")).isEmpty();
    }

    @Test
    final void writesReplacesAndRemovesSettings() {
        change(changes -> changes.settings().putAll(Map.of("a", "1", "b", "2", "c", "3")));
        change(changes -> changes.settings().putAll(Map.of("a", "4", "b", "", "d", "")));

        assertThat(store.settings()).isEqualTo(Map.of("a", "4", "c", "3"));
        assertThat(inUnit(Unit::settings)).isEqualTo(Map.of("a", "4", "c", "3"));
    }

    @Test
    final void pagesTheKeysOfOneKind() {
        for (int i = 0; i < 7; i++) {
            put(Key.pool("p" + i), 1);
        }
        put(MAI, 1);

        List<Key> first = store.keys(Key.Kind.POOL, null, 5);

        assertThat(first).extracting(Key::id).containsExactly("p0", "p1", "p2", "p3", "p4");
        assertThat(store.keys(Key.Kind.POOL, first.get(4), 5))
                .extracting(Key::id)
                .containsExactly("p5", "p6");
        assertThat(store.keys(Key.Kind.CUSTOMER, null, 5)).containsExactly(MAI);
        assertThat(store.keys(Key.Kind.IDENTIFIER, null, 5)).isEmpty();
    }

    @Test
    final void pagesTheMembersOfASet() {
        change(changes -> {
            for (int i = 0; i < 7; i++) {
                changes.members().put(new Changes.Member("vip", Key.pool("p" + i)), true);
            }
            changes.members().put(new Changes.Member("other", MAI), true);
        });

        List<Key> first = store.members("vip", null, 5);

        assertThat(first).extracting(Key::id).containsExactly("p0", "p1", "p2", "p3", "p4");
        assertThat(store.members("vip", first.get(4), 5)).extracting(Key::id).containsExactly("p5", "p6");
        assertThat(store.members("nobody's", null, 5)).isEmpty();
    }

    @Test
    final void keepsAMemberOnceAndLetsItGo() {
        var mai = new Changes.Member("vip", MAI);
        change(changes -> changes.members().put(mai, true));
        change(changes -> changes.members().put(mai, true));
        change(changes -> changes.members().put(new Changes.Member("vip", LAN), true));
        change(changes -> changes.members().put(mai, false));
        change(changes -> changes.members().put(mai, false));

        assertThat(store.members("vip", null, 5)).containsExactly(LAN);
    }

    @Test
    final void keepsTheFirstPublicationOfAVersion() {
        var first = new Definition("campaign", "basket", "v1", "{\"a\":\"Áo dài\"}", NOON.plusSeconds(1), "lan");
        var earlier = new Definition("message", "hello", "v1", "{}", NOON, "mai");
        change(changes -> changes.definitions().add(first));
        change(changes -> changes.definitions()
                .addAll(List.of(earlier, new Definition("campaign", "basket", "v1", "{}", NOON, "mai"))));

        assertThat(store.definitions()).containsExactly(earlier, first);
    }

    @Test
    final void keepsDeadLettersOldestFirst() {
        var one = new DeadLetter(told(MAI, 1), "IllegalStateException in a step", NOON);
        var two = new DeadLetter(happened(MAIS_ID, 2), "another", NOON.plusSeconds(1));
        change(changes -> changes.deadLetters().add(one));
        change(changes -> changes.deadLetters().add(two));

        var kept = store.deadLetters(0, 10);
        assertThat(kept).extracting(DeadLetter::envelope).containsExactly(one.envelope(), two.envelope());
        assertThat(kept).extracting(DeadLetter::error).containsExactly(one.error(), two.error());
        assertThat(kept).extracting(DeadLetter::at).containsExactly(one.at(), two.at());
        assertThat(kept).extracting(DeadLetter::id).isSorted().doesNotHaveDuplicates();
        assertThat(store.deadLetters(0, 1)).containsExactly(kept.get(0));
        assertThat(store.deadLetters(kept.get(0).id(), 10)).containsExactly(kept.get(1));
    }

    @Test
    final void takesADeadLetterOnceAndOnlyWithItsUnit() {
        change(changes -> changes.deadLetters().add(new DeadLetter(told(MAI, 1), "failed", NOON)));
        var letter = store.deadLetters(0, 10).get(0);
        try (Unit givenUp = store.begin()) {
            assertThat(givenUp.takeDeadLetter(letter.id())).contains(letter);
        }
        assertThat(store.deadLetters(0, 10)).containsExactly(letter);

        try (Unit unit = store.begin()) {
            assertThat(unit.takeDeadLetter(letter.id())).contains(letter);
            assertThat(unit.takeDeadLetter(letter.id())).isEmpty();
            unit.commit(Changes.none());
        }
        assertThat(store.deadLetters(0, 10)).isEmpty();

        change(changes -> changes.deadLetters().add(new DeadLetter(told(MAI, 2), "failed", NOON)));
        assertThat(store.deadLetters(letter.id(), 10)).hasSize(1); // no id comes twice
    }

    // another life

    @Test
    final void keepsEverythingForTheNextProcess() {
        appliesAllKindsOfChangesTogether();
        change(changes -> changes.enqueued().add(advertisement(2)));
        take(slots(1));
        Map<String, Long> before = store.backlog();

        restart();

        assertThat(store.backlog()).isEqualTo(before).containsEntry("sending", 1L);
        assertThat(store.peek(MAI)).contains(Purse.of(1));
        assertThat(takeTold(10)).containsExactly(told(LAN, 1));
        assertThat(takeDue(NOON, 10)).containsExactly(new Timer(MAI, "wait", NOON));
        assertThat(store.settings()).containsEntry("environment", "test");
        assertThat(store.members("vip", null, 10)).containsExactly(MAI);
        assertThat(store.definitions()).hasSize(1);
    }

    @Test
    final void changesNoRowWhenItIsOpened() {
        appliesAllKindsOfChangesTogether();
        Map<String, Long> before = store.backlog();

        restart();
        restart();

        assertThat(store.backlog()).isEqualTo(before);
        assertThat(store.settings()).isEqualTo(Map.of("environment", "test"));
    }

    @Test
    final void saysWhatItCannotRead() {
        assumeTrue(createsSuccessors(), "this store encodes nothing");
        store.close();
        store = createSuccessor().orElseThrow();
        store.open(StoreScene.laterCodecs());
        change(changes -> changes.entries()
                .add(new Entry(Entry.Log.TIMELINE, "mai", "tp1", NOON, new Novelty("of a later version"))));

        restart();

        assertThatThrownBy(() -> store.entries(Entry.Log.TIMELINE, "mai"))
                .isInstanceOfSatisfying(StoreException.class, fault -> assertThat(fault.isTransient())
                        .isFalse())
                .hasMessageEndingWith("a line of TIMELINE cannot be read: payload 'novelty' is of no type that this"
                        + " version knows, expected what this version or an older one wrote");
    }

    // what the tests are made of

    private void change(Consumer<Changes> fill) {
        var changes = Changes.none();
        fill.accept(changes);
        while (true) {
            try (Unit unit = store.begin()) {
                var keys = Stream.concat(
                        changes.states().stream().map(Changes.State::key),
                        changes.erased().stream().map(Changes.Erased::key));
                unit.claim(keys.distinct().toList(), true);
                unit.commit(changes);
                return;
            } catch (StoreException fault) {
                requireTransient(fault);
            }
        }
    }

    private <T> T inUnit(Function<Unit, T> work) {
        while (true) {
            try (Unit unit = store.begin()) {
                T result = work.apply(unit);
                unit.commit(Changes.none());
                return result;
            } catch (StoreException fault) {
                requireTransient(fault);
            }
        }
    }

    private void put(Key key, long amount) {
        change(changes -> changes.change(key, Purse.of(amount)));
    }

    private @Nullable Object load(Key key) {
        return inUnit(unit -> {
            unit.claim(List.of(key), true);
            return unit.load(List.of(key)).get(0);
        });
    }

    private void setTimer(String name, Instant due) {
        change(changes -> changes.timersSet().add(new Timer(MAI, name, due)));
    }

    private List<Timer> takeDue(Instant now, int limit) {
        return inUnit(unit -> unit.takeDue(now, limit));
    }

    private List<Envelope> takeTold(int limit) {
        return inUnit(unit -> unit.takeTold(limit));
    }

    private List<Envelope> takeInbox(int limit) {
        return inUnit(unit -> unit.takeInbox(limit));
    }

    private List<Outgoing> take(Dispatch dispatch) {
        return inUnit(unit -> unit.take(dispatch));
    }

    /** What could be taken now; nothing is. */
    private List<Outgoing> peekTake() {
        try (Unit unit = store.begin()) {
            return unit.take(slots(10));
        }
    }

    private List<Envelope> peekTold() {
        try (Unit unit = store.begin()) {
            return unit.takeTold(10);
        }
    }

    private List<Outgoing> stale(List<Exclusion> exclusions, int limit) {
        return inUnit(unit -> unit.stale(NOON, exclusions, limit));
    }

    private List<Entry> scan(Entry.Log log) {
        var all = new ArrayList<Entry>();
        store.scan(log, all::add);
        return all;
    }

    private static List<MessageId> ids(List<Outgoing> rows) {
        return rows.stream().map(row -> row.message().id()).toList();
    }

    /** Moves one coin after the other between two purses, now waiting for both and now trying; gives the number of moves. */
    private int move(List<Key> keys, Random random, int moves) {
        int moved = 0;
        while (moved < moves) {
            Key from = keys.get(random.nextInt(keys.size()));
            Key to = keys.get(random.nextInt(keys.size()));
            if (!from.equals(to) && move(from, to, random.nextBoolean())) {
                moved++;
            }
        }
        return moved;
    }

    private boolean move(Key from, Key to, boolean wait) {
        try (Unit unit = store.begin()) {
            if (!unit.claim(List.of(from, to), wait).isEmpty()) {
                return false;
            }
            var states = unit.load(List.of(from, to));
            var changes = Changes.none();
            changes.change(from, Purse.of(amount(states.get(0)) - 1));
            changes.change(to, Purse.of(amount(states.get(1)) + 1));
            unit.commit(changes);
            return true;
        } catch (StoreException fault) {
            requireTransient(fault);
            return false;
        }
    }

    private static long amount(@Nullable Object state) {
        return state instanceof Purse purse ? purse.amount() : 0;
    }

    private static void requireTransient(StoreException fault) {
        if (!fault.isTransient()) {
            throw fault;
        }
    }

    private boolean createsSuccessors() {
        return createSuccessor().isPresent();
    }

    private void restart() {
        store.close();
        Optional<Store> successor = createSuccessor();
        assumeTrue(successor.isPresent(), "this store forgets with the process");
        store = successor.orElseThrow();
        store.open(StoreScene.codecs());
    }

    private Connection host() throws SQLException {
        Optional<Connection> host = connectHost();
        assumeTrue(host.isPresent(), "this store has no transactions to join");
        host.orElseThrow().setAutoCommit(false);
        return host.orElseThrow();
    }

    private <T> Future<T> elsewhere(Callable<T> work) {
        return others.submit(work);
    }

    /** What came out within a moment, or empty if it still waits. */
    private static <T> Optional<T> settled(Future<T> work) throws Exception {
        try {
            return Optional.of(work.get(300, TimeUnit.MILLISECONDS));
        } catch (TimeoutException stillWaiting) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }
}

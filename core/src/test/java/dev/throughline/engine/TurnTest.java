// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.engine.Rows.CUSTOMER;
import static dev.throughline.engine.Rows.NOW;
import static dev.throughline.engine.Rows.PHONE;
import static dev.throughline.engine.Rows.id;
import static dev.throughline.engine.Rows.put;
import static dev.throughline.engine.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.Receipt;
import dev.throughline.channel.SendResult;
import dev.throughline.customer.Observed;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Recalled;
import dev.throughline.identity.Identity;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.ring.Withdrawn;
import dev.throughline.store.Changes;
import dev.throughline.store.DeadLetter;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Rounds of steps in one unit of work. The state of each key is the list of what it was given. */
class TurnTest {

    private static final Key MAI = CUSTOMER;
    private static final Key ADDRESS = Key.of(PHONE);
    private static final Key POOL = Key.pool("offers");

    private final MemoryStore store = new MemoryStore();
    private Step step = (word, out) -> {};
    private int place;
    private Function<Payload, Payload> port = question -> question;

    /** What a key does with a word. */
    private interface Step {
        void on(Word word, Effects out);
    }

    private record Word(String text) implements Payload {}

    @Test
    void poisonIsSetAsideAndTheRestGoesOn() {
        step = (word, out) -> {
            if (!word.text.startsWith("of ")) {
                out.tell(POOL, new Word("of " + word.text));
            }
            if (word.text.equals("poison")) {
                throw new IllegalStateException("of mai@example.com");
            }
        };

        turn(told(MAI, "one"), told(MAI, "poison"), told(MAI, "two"), told(ADDRESS, "three"));

        assertThat(state(MAI)).containsExactly("one", "two");
        assertThat(state(ADDRESS)).containsExactly("three");
        assertThat(state(POOL)).containsExactly("of three", "of one", "of two");
        assertThat(store.deadLetters(0, 10))
                .extracting(letter -> letter.envelope().input().id())
                .containsExactly("poison");
    }

    @Test
    void poisonIsToldByItsPlaceAndNeverByItsWords() {
        step = (word, out) -> {
            throw new IllegalStateException("of mai@example.com");
        };

        turn(told(MAI, "poison"));

        assertThat(store.deadLetters(0, 10))
                .extracting(DeadLetter::error)
                .singleElement()
                .asString()
                .startsWith("java.lang.IllegalStateException at ")
                .contains("dev.throughline.engine.TurnTest")
                .doesNotContain("example.com");
    }

    @Test
    void stepWhoseClassesAreMissingIsPoisonToo() {
        step = (word, out) -> {
            if (word.text.equals("poison")) {
                throw new NoClassDefFoundError("com/provider/Segments");
            }
        };

        turn(told(MAI, "poison"), told(MAI, "two"));

        assertThat(state(MAI)).containsExactly("two");
        assertThat(store.deadLetters(0, 10)).hasSize(1);
    }

    @Test
    void outcomeThatIsPoisonStillEndsItsRow() {
        turn(received(new Recalled(id("milk"), 1, Recalled.Why.DELIVERY_MODE, "ONLY")));
        step = (word, out) -> {
            throw new IllegalStateException("poison");
        };
        taken(row("tea"));

        turn(received(new Attempted(id("tea"), 2, NOW, "", new SendResult.Duplicate(List.of("ref")))));

        assertThat(store.backlog()).containsEntry("sending", 0L);
        assertThat(store.route("ref")).contains(ADDRESS);
        assertThat(store.route(id("tea").value())).contains(ADDRESS);
    }

    @Test
    void rowThatTheDeliveryModeKeptBackLeavesTheOutbox() {
        taken(row("tea"));

        turn(received(new Recalled(id("tea"), 2, Recalled.Why.DELIVERY_MODE, "ONLY")));

        assertThat(store.backlog()).containsEntry("sending", 0L);
    }

    @Test
    void rowThatIsNoLongerApprovedLeavesTheOutbox() {
        taken(row("tea"));

        turn(received(new Recalled(id("tea"), 2, Recalled.Why.APPROVAL_WITHDRAWN, "Lan: wrong price")));

        assertThat(store.backlog()).containsEntry("sending", 0L);
    }

    @Test
    void overdueRowStaysUntilItIsWithdrawn() {
        put(store, row("tea"));

        turn(received(new Recalled(id("tea"), 2, Recalled.Why.OVERDUE, "")));

        assertThat(store.backlog()).containsEntry("outbox", 1L);
    }

    @Test
    void repeatedInputOfARoundIsAppliedOnce() {
        turn(told(MAI, "one"), told(MAI, "one"));

        assertThat(state(MAI)).containsExactly("one");
    }

    @Test
    void whatIsToldIsTheNextRoundInTheOrderOfSenders() {
        step = (word, out) -> {
            if (word.text.length() == 1) {
                out.tell(POOL, new Word(word.text + "1"));
                out.tell(POOL, new Word(word.text + "2"));
            }
        };

        turn(told(MAI, "a"), told(ADDRESS, "b"));

        assertThat(state(POOL)).containsExactly("b1", "b2", "a1", "a2");
    }

    @Test
    void endlessTalkIsRefused() {
        step = (word, out) -> out.tell(MAI, word);

        assertThatThrownBy(() -> turn(told(MAI, "echo")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1000 rounds at 2026-11-23T03:00:00Z and no end; the last ones told CUSTOMER");
    }

    @Test
    void touchpointIsHeardOnceInSevenDays() {
        var touchpoint = new Touchpoint(
                "t-1",
                Touchpoint.Call.TRACK,
                "Product Viewed",
                List.of(Identity.userId("mai")),
                NOW,
                NOW,
                Map.of(),
                "web",
                Origin.LIVE);

        turn(told(MAI, "first", new Observed(touchpoint)));
        turn(told(MAI, "second", new Observed(touchpoint)));
        at(NOW.plus(Duration.ofDays(7)), told(MAI, "third", new Observed(touchpoint)));
        assertThat(state(MAI)).containsExactly("t-1");

        at(NOW.plus(Duration.ofDays(7)).plusSeconds(1), told(MAI, "fourth", new Observed(touchpoint)));
        assertThat(state(MAI)).containsExactly("t-1", "t-1");
    }

    @Test
    void portIsAskedAndItsAnswerIsTheNextRound() {
        step = (word, out) -> {
            if (word.text.equals("ask")) {
                out.ask("port", new Word("answer"));
            }
        };

        turn(told(MAI, "ask"));

        assertThat(state(MAI)).containsExactly("ask", "answer");
    }

    @Test
    void portThatThrowsLeavesItsQuestionOpenAndTheRestGoesOn() {
        step = (word, out) -> {
            if (word.text.equals("ask")) {
                out.ask("port", new Word("answer"));
                out.setTimer("again", NOW.plusSeconds(60));
            }
        };
        port = question -> {
            throw new IllegalStateException("the host's database is gone");
        };

        turn(told(MAI, "ask"), told(ADDRESS, "other"));

        assertThat(state(MAI)).containsExactly("ask");
        assertThat(state(ADDRESS)).containsExactly("other");
        assertThat(store.nextDue()).contains(NOW.plusSeconds(60));
    }

    @Test
    void portThatCallsItselfWithoutEndLeavesItsQuestionOpenToo() {
        step = (word, out) -> {
            if (word.text.equals("ask")) {
                out.ask("port", new Word("answer"));
            }
        };
        port = question -> port.apply(question);

        turn(told(MAI, "ask"), told(ADDRESS, "other"));

        assertThat(state(MAI)).containsExactly("ask");
        assertThat(state(ADDRESS)).containsExactly("other");
    }

    @Test
    void portThatIsNotThereLeavesItsQuestionOpen() {
        step = (word, out) -> out.ask("another", word);

        turn(told(MAI, "ask"));

        assertThat(state(MAI)).containsExactly("ask");
    }

    @Test
    void lastWordAboutATimerCounts() {
        step = (word, out) -> {
            if (word.text.equals("set")) {
                out.setTimer("t", NOW.plusSeconds(60));
            } else {
                out.cancelTimer("t");
            }
        };

        turn(told(MAI, "set"), told(MAI, "stop"));
        assertThat(store.nextDue()).isEmpty();

        turn(told(MAI, "drop"), told(MAI, "set"));
        assertThat(store.nextDue()).contains(NOW.plusSeconds(60));

        turn(told(MAI, "stop"));
        assertThat(store.nextDue()).isEmpty();
    }

    @Test
    void rowThatIsTakenBackInItsOwnUnitNeverReachesTheOutbox() {
        step = (word, out) -> {
            if (word.text.equals("enqueue")) {
                out.enqueue(row("tea"));
            } else if (word.text.equals("cancel")) {
                out.cancel(id("tea"));
            }
        };

        turn(told(ADDRESS, "enqueue"), told(ADDRESS, "cancel"));

        assertThat(state(ADDRESS)).containsExactly("enqueue", "cancel", "Withdrawn");
        assertThat(store.backlog()).containsEntry("outbox", 0L);
        assertThat(store.route(id("tea").value())).isEmpty();
    }

    @Test
    void rowThatIsBeingSentIsNotWithdrawn() {
        taken(row("tea"));
        step = (word, out) -> out.cancel(id("tea"));

        turn(told(ADDRESS, "cancel"));

        assertThat(state(ADDRESS)).containsExactly("cancel");
        assertThat(store.backlog()).containsEntry("sending", 1L);
    }

    @Test
    void newsOfARowThatIsNotThereAnyMoreFindsWhoeverAskedForIt() {
        step = (word, out) -> out.cancel(id("tea"));

        turn(told(ADDRESS, "cancel"));

        var receipt = new Receipt("r", id("tea"), null, Receipt.Status.DELIVERED, null, NOW, "");
        assertThat(Routes.of(store, receipt)).map(Envelope::to).contains(ADDRESS);
    }

    @Test
    void lineWhoseIdTheLogHasIsNotAppendedAgain() {
        step = (word, out) -> out.append(new Entry(Entry.Log.DECISIONS, "mai", "one", NOW, word));

        turn(told(MAI, "a"), told(MAI, "b"));
        turn(told(MAI, "c"));

        assertThat(store.entries(Entry.Log.DECISIONS, "mai"))
                .extracting(Entry::body)
                .containsExactly(new Word("a"));
    }

    private void turn(Envelope... inputs) {
        at(NOW, inputs);
    }

    private void at(Instant now, Envelope... inputs) {
        var aggregate = Machine.untyped(new Listening());
        var machine = new Machine(
                Map.of(Key.Kind.CUSTOMER, aggregate, Key.Kind.CONTACT_POINT, aggregate, Key.Kind.POOL, aggregate),
                Map.of("port", question -> port.apply(question)),
                new Payloads());
        try (Unit unit = store.begin();
                var lanes = new Lanes(1)) {
            var turn = new Turn(machine, lanes, Disorder.NONE, unit, now);
            turn.run(List.of(inputs));
            unit.commit(turn.changes());
        }
    }

    private void taken(Outgoing row) {
        put(store, row);
        try (Unit unit = store.begin()) {
            unit.take(new Dispatch(NOW, Map.of("sms", 8), List.of(), Duration.ofMinutes(1), "host"));
            unit.commit(Changes.none());
        }
    }

    private List<String> state(Key key) {
        var heard = (List<?>) store.peek(key).orElse(List.of());
        return heard.stream().map(String.class::cast).toList();
    }

    private Envelope told(Key to, String word) {
        return told(to, word, new Word(word));
    }

    private Envelope told(Key to, String id, Payload payload) {
        return new Envelope(to, new Input.Told(id, POOL, payload), "", place++);
    }

    private static Envelope received(Payload payload) {
        return new Envelope(ADDRESS, new Input.Received("received", payload), "", 0);
    }

    /** Remembers every word, and does with it what the test says. */
    private final class Listening implements Aggregate<List<String>> {
        @Override
        public List<String> initial(Key key) {
            return List.of();
        }

        @Override
        public List<String> apply(List<String> state, Input input, Instant now, Effects out) {
            var heard = new ArrayList<>(state);
            if (input instanceof Input.Told told && told.payload() instanceof Observed observed) {
                heard.add(observed.touchpoint().id());
                out.append(new Entry(
                        Entry.Log.TIMELINE, "mai", observed.touchpoint().id(), now, observed));
                return heard;
            }
            Word word = word(input);
            heard.add(word.text);
            step.on(word, out);
            return heard;
        }

        private static Word word(Input input) {
            if (input instanceof Input.Told told) {
                return (Word) told.payload();
            }
            if (input instanceof Input.Answered answered) {
                return (Word) answered.payload();
            }
            Payload payload = ((Input.Received) input).payload();
            return new Word(payload instanceof Withdrawn ? "Withdrawn" : "received");
        }

        @Override
        public Codec<List<String>> codec() {
            throw new UnsupportedOperationException("the in-memory store keeps objects");
        }
    }
}

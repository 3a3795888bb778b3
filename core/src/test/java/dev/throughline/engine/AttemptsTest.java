// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.decision.Attempted;
import dev.throughline.decision.Recalled;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Sender;
import dev.throughline.ring.Aggregate;
import dev.throughline.ring.Effects;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Changes;
import dev.throughline.store.Unit;
import dev.throughline.store.memory.MemoryStore;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Address PHONE = Address.phone("+84900000001");
    private static final MessageId MESSAGE = new MessageId("0".repeat(32));

    private final MemoryStore store = new MemoryStore();
    private final Machine machine = new Machine(
            Map.of(Key.Kind.CONTACT_POINT, Machine.untyped(new EnqueuesWhenDue())), Map.of(), new Payloads());

    @Test
    void endsTheRowOfTheAttemptWhoseOutcomeIsKnown() {
        store.open(machine.codecs());
        enqueue(2);

        turn(outcome(2));

        assertThat(store.backlog()).containsEntry("outbox", 0L);
    }

    @Test
    void leavesTheRowOfALaterAttempt() {
        store.open(machine.codecs());
        enqueue(2);

        turn(outcome(1));

        assertThat(store.backlog()).containsEntry("outbox", 1L);
    }

    @Test
    void leavesARowThatTheSameTurnEnqueues() {
        store.open(machine.codecs());

        turn(new Envelope(Key.of(PHONE), new Input.Due("due", "retry", NOON), "", 0), outcome(1));

        assertThat(store.backlog()).containsEntry("outbox", 1L);
    }

    @Test
    void endsTheRowOfAMessageThatTheDeliveryModeKeepsBack() {
        store.open(machine.codecs());
        enqueue(2);

        turn(received(new Recalled(MESSAGE, 2, Recalled.Why.DELIVERY_MODE, "ONLY")));

        assertThat(store.backlog()).containsEntry("outbox", 0L);
    }

    private void enqueue(int attempt) {
        try (Unit unit = store.begin()) {
            Changes changes = Changes.none();
            changes.enqueued().add(row(attempt));
            unit.commit(changes);
        }
    }

    private void turn(Envelope... inputs) {
        try (Unit unit = store.begin();
                var lanes = new Lanes(1)) {
            var turn = new Turn(machine, lanes, Disorder.NONE, unit, NOON);
            turn.run(List.of(inputs));
            unit.commit(turn.changes());
        }
    }

    private static Envelope outcome(int attempt) {
        return received(new Attempted(MESSAGE, attempt, NOON, "", new SendResult.Accepted(List.of(), null)));
    }

    private static Envelope received(Payload payload) {
        return new Envelope(Key.of(PHONE), new Input.Received("received", payload), "", 1);
    }

    private static Outgoing row(int attempt) {
        var outbound = new Outbound(
                MESSAGE,
                attempt,
                PHONE,
                Sender.of("SHOP"),
                MessageClass.ONE_TIME_CODE,
                new TextContent("4711"),
                NOON.plusSeconds(600),
                null);
        return new Outgoing(
                outbound, Channel.SMS, Key.of(PHONE), Key.pool("nobody"), "codes", NOON, NOON.plusSeconds(300));
    }

    /** A contact point that enqueues its second attempt when its timer is due, and keeps no state. */
    private static final class EnqueuesWhenDue implements Aggregate<String> {

        @Override
        public String initial(Key key) {
            return "";
        }

        @Override
        public String apply(String state, Input input, Instant now, Effects out) {
            if (input instanceof Input.Due) {
                out.enqueue(row(2));
            }
            return state;
        }

        @Override
        public Codec<String> codec() {
            return Codec.of((state, out) -> {}, in -> "");
        }
    }
}

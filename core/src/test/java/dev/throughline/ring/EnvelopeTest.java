// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Identity;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import dev.throughline.wire.WireException;
import dev.throughline.wire.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How inputs travel: in one order, and through bytes. */
class EnvelopeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.5Z");
    private static final Key A = Key.pool("a");
    private static final Key B = Key.pool("b");

    private final Payloads payloads = new Payloads().with("word", Word.class, Word.CODEC);
    private final Codec<Envelope> codec = Envelope.codec(payloads);

    private record Word(String text, String rank) implements Payload {
        static final Codec<Word> CODEC = Codec.of(
                (word, out) -> {
                    out.string(1, word.text);
                    out.string(2, word.rank);
                },
                in -> new Word(in.string(1), in.string(2)));
    }

    private record Unknown() implements Payload {}

    @Test
    void everyInputSurvivesItsBytes() {
        var touchpoint = new Touchpoint(
                "t",
                Touchpoint.Call.TRACK,
                "Page Viewed",
                List.of(Identity.userId("mai")),
                NOW,
                NOW,
                Map.of(),
                "web",
                Origin.LIVE);
        for (Input input : List.of(
                new Input.Happened(touchpoint),
                new Input.Due("due", "message/1", NOW),
                new Input.Told("told", B, new Word("x", "")),
                new Input.Answered("answered", new Word("x", "")),
                new Input.Received("received", new Word("x", "")))) {
            var envelope = new Envelope(A, input, "source", 7);

            assertThat(codec.decode(codec.encode(envelope))).isEqualTo(envelope);
        }
    }

    @Test
    void inputThatThisVersionDoesNotKnowIsRefused() {
        var newer = new Writer();
        newer.string(1, A.toString());
        newer.string(90, "from tomorrow");

        assertThatThrownBy(() -> codec.decode(newer.toByteArray()))
                .isInstanceOf(WireException.class)
                .hasMessage("an envelope to 'POOL/a' holds no input that this version knows");
    }

    @Test
    void orderIsRankThenSourceThenPlaceThenId() {
        var sorted = List.of(
                told(A, "", "s", 0, "1"),
                told(A, "", "s", 0, "2"),
                told(A, "", "s", 1, "0"),
                told(A, "", "t", 0, "0"),
                told(A, "r", "a", 0, "0"));
        for (int seed = 0; seed < 100; seed++) {
            var shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(Envelope.ORDER);

            assertThat(shuffled).as("seed %s", seed).isEqualTo(sorted);
        }
    }

    @Test
    void whatIsToldBecauseOfAnInputIsNamedByIt() {
        var cause = new Input.Due("wait@9.0", "wait", NOW);

        var told = Input.Told.after(Input.Told.after(cause, 2, A, new Word("x", "")), 1, B, new Word("y", ""));

        assertThat(told.id()).isEqualTo("wait@9.0.2.1");
        assertThat(told).isEqualTo(new Input.Told("wait@9.0.2.1", B, new Word("y", "")));
    }

    @Test
    void envelopeFromAKeyBearsItsTextAndComesInTheOrderOfTexts() {
        Input input = new Input.Told("told", A, new Word("x", ""));
        var keys = List.of(
                new Key(Key.Kind.CONTACT_POINT, "z"),
                new Key(Key.Kind.CUSTOMER, "y"),
                new Key(Key.Kind.IDENTIFIER, "x"),
                new Key(Key.Kind.POOL, "a"),
                new Key(Key.Kind.POOL, "b"));
        var fromKeys = new ArrayList<>(
                keys.stream().map(key -> Envelope.from(key, A, input, 0)).toList());
        Collections.shuffle(fromKeys, new Random(7));

        fromKeys.sort(Envelope.ORDER);

        assertThat(fromKeys)
                .isEqualTo(keys.stream()
                        .map(key -> new Envelope(A, input, key.toString(), 0))
                        .toList());
    }

    @Test
    void payloadOfAnUnknownTypeIsRefusedByName() {
        assertThatThrownBy(() -> payloads.encode(new Unknown()))
                .isInstanceOf(WireException.class)
                .hasMessage("payload dev.throughline.ring.EnvelopeTest$Unknown is not registered");
        byte[] other = new Payloads().with("other", Word.class, Word.CODEC).encode(new Word("x", ""));
        assertThatThrownBy(() -> payloads.decode(other))
                .isInstanceOf(WireException.class)
                .hasMessage("payload 'other' is of no type that this version knows");
    }

    @Test
    void payloadTypeIsRegisteredOnce() {
        assertThatThrownBy(() -> payloads.with("again", Word.class, Word.CODEC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload 'again' (dev.throughline.ring.EnvelopeTest$Word) is registered twice");
    }

    private static Envelope told(Key to, String rank, String source, long order, String id) {
        return new Envelope(to, new Input.Told(id, A, new Word("x", rank)), source, order);
    }
}

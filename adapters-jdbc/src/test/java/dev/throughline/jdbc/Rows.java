// SPDX-License-Identifier: Apache-2.0
package dev.throughline.jdbc;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Sender;
import dev.throughline.ring.Entry;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.ring.Payload;
import dev.throughline.ring.Payloads;
import dev.throughline.store.Changes;
import dev.throughline.store.Codecs;
import dev.throughline.store.Dispatch;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The rows that these tests store: texts as states and notes as payloads. */
final class Rows {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Key MAI = new Key(Key.Kind.CUSTOMER, "mai");
    static final Key MAIS_ID = new Key(Key.Kind.IDENTIFIER, "user_id:KH-1");
    static final Key MAIS_PHONE = new Key(Key.Kind.CONTACT_POINT, "phone:+84900000001");

    private Rows() {}

    record Note(String text) implements Payload {
        static final Codec<Note> CODEC =
                Codec.of((note, out) -> out.string(1, note.text), in -> new Note(in.string(1)));
    }

    /** A payload that nobody has registered. */
    record Stranger() implements Payload {}

    static Codecs codecs() {
        Codec<Object> text = Codec.of((value, out) -> out.string(1, (String) value), in -> in.string(1));
        var states = new EnumMap<Key.Kind, Codec<Object>>(Key.Kind.class);
        for (Key.Kind kind : Key.Kind.values()) {
            states.put(kind, text);
        }
        return new Codecs(states, new Payloads().with("note", Note.class, Note.CODEC));
    }

    static MessageId message(int number) {
        return new MessageId(String.format(Locale.ROOT, "%032x", number));
    }

    static Outgoing advertisement(int number) {
        var outbound = new Outbound(
                message(number),
                1,
                Address.phone("+84900000001"),
                Sender.of("SHOP"),
                MessageClass.MARKETING,
                new TextContent("message " + number),
                NOON.plusSeconds(7200),
                null);
        return new Outgoing(outbound, Channel.SMS, MAIS_PHONE, MAI, "spring", NOON, NOON.plusSeconds(3600));
    }

    static Envelope input(Key to, int number) {
        return new Envelope(to, new Input.Received("r" + number, new Note("input " + number)), "till", number);
    }

    static Entry line(int number) {
        return line(number, Entry.Log.TIMELINE);
    }

    static Entry line(int number, Entry.Log log) {
        return new Entry(log, "mai", "tp" + number, NOON.plusSeconds(number), new Note("line " + number));
    }

    static void change(Store store, Consumer<Changes> fill) {
        var changes = Changes.none();
        fill.accept(changes);
        try (Unit unit = store.begin()) {
            unit.claim(changes.states().stream().map(Changes.State::key).toList(), true);
            unit.commit(changes);
        }
    }

    static List<Outgoing> take(Store store, int slots) {
        try (Unit unit = store.begin()) {
            List<Outgoing> taken = unit.take(slots(slots));
            unit.commit(Changes.none());
            return taken;
        }
    }

    static List<MessageId> lapsed(Store store) {
        try (Unit unit = store.begin()) {
            return unit.lapsed(100).stream().map(row -> row.message().id()).toList();
        }
    }

    static Dispatch slots(int slots) {
        return new Dispatch(NOON, Map.of("sms", slots), List.of(), Duration.ofMinutes(1), "host");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
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
import dev.throughline.store.Exclusion;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import dev.throughline.wire.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small world in which stores are tested: purses as states, notes as payloads, short messages. */
final class StoreScene {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");
    static final Key MAI = new Key(Key.Kind.CUSTOMER, "mai");
    static final Key LAN = new Key(Key.Kind.CUSTOMER, "lan");
    static final Key MAIS_PHONE = Key.of(Address.phone("+84900000001"));
    static final Key MAIS_ID = Key.of(Identity.userId("KH-1"));

    private StoreScene() {}

    /** A state: an amount, and the customer who holds it where there is one. */
    record Purse(long amount, String holder) {

        static final Codec<Purse> CODEC = Codec.of(
                (purse, out) -> {
                    out.number(1, purse.amount);
                    out.string(2, purse.holder);
                },
                in -> new Purse(in.number(1), in.string(2)));

        static Purse of(long amount) {
            return new Purse(amount, "");
        }
    }

    /** A payload. */
    record Note(String text) implements Entry.Named {
        static final Codec<Note> CODEC =
                Codec.of((note, out) -> out.string(1, note.text), in -> new Note(in.string(1)));

        @Override
        public String id(Instant at) {
            return "note/" + text;
        }
    }

    /** A payload of a later version. */
    record Novelty(String text) implements Payload {
        static final Codec<Novelty> CODEC =
                Codec.of((novelty, out) -> out.string(1, novelty.text), in -> new Novelty(in.string(1)));
    }

    static Codecs codecs() {
        return codecs(new Payloads().with("note", Note.class, Note.CODEC));
    }

    static Codecs laterCodecs() {
        return codecs(
                new Payloads().with("note", Note.class, Note.CODEC).with("novelty", Novelty.class, Novelty.CODEC));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // all states here are purses
    private static Codecs codecs(Payloads payloads) {
        var states = new EnumMap<Key.Kind, Codec<Object>>(Key.Kind.class);
        for (Key.Kind kind : Key.Kind.values()) {
            states.put(kind, (Codec) Purse.CODEC);
        }
        return new Codecs(states, payloads);
    }

    static @Nullable Key holder(@Nullable Object state) {
        return state == null ? null : new Key(Key.Kind.CUSTOMER, ((Purse) state).holder);
    }

    static MessageId message(int number) {
        return new MessageId(String.format(Locale.ROOT, "%032x", number));
    }

    static Outgoing advertisement(int number) {
        return outgoing(number, MessageClass.MARKETING, Channel.SMS);
    }

    static Outgoing outgoing(int number, MessageClass messageClass, Channel channel) {
        var outbound = new Outbound(
                message(number),
                1,
                Address.phone("+84900000001"),
                Sender.of("SHOP"),
                messageClass,
                new TextContent("message " + number),
                NOON.plusSeconds(7200),
                null);
        return new Outgoing(outbound, channel, MAIS_PHONE, MAI, "spring", NOON, NOON.plusSeconds(3600));
    }

    static Changes.Attempt attempt(int number, int attempt) {
        return new Changes.Attempt(message(number), attempt);
    }

    static Outgoing attempted(Outgoing row, int attempt) {
        Outbound first = row.message();
        var again = new Outbound(
                first.id(),
                attempt,
                first.to(),
                first.from(),
                first.messageClass(),
                first.content(),
                first.notAfter(),
                first.unsubscribe());
        return new Outgoing(
                again,
                row.channel(),
                row.contactPoint(),
                row.customer(),
                row.campaign(),
                row.since(),
                row.sendBefore());
    }

    static Outgoing sentBefore(Outgoing row, Instant sendBefore) {
        return new Outgoing(
                row.message(),
                row.channel(),
                row.contactPoint(),
                row.customer(),
                row.campaign(),
                row.since(),
                sendBefore);
    }

    static Outgoing since(Outgoing row, Instant since) {
        return new Outgoing(
                row.message(),
                row.channel(),
                row.contactPoint(),
                row.customer(),
                row.campaign(),
                since,
                row.sendBefore());
    }

    static Outgoing toward(Outgoing row, Key contactPoint, Key customer) {
        return new Outgoing(
                row.message(), row.channel(), contactPoint, customer, row.campaign(), row.since(), row.sendBefore());
    }

    static Dispatch slots(int sms, Exclusion... exclusions) {
        return new Dispatch(NOON, Map.of("sms", sms), List.of(exclusions), Duration.ofMinutes(1), "host");
    }

    static Entry line(Entry.Log log, String subject, String id, Instant at) {
        return new Entry(log, subject, id, at, new Note("line " + id));
    }

    static Envelope told(Key to, int number) {
        return new Envelope(to, new Input.Told("t" + number, LAN, new Note("told " + number)), "source", number);
    }

    static Envelope happened(Key to, int number) {
        var touchpoint = new Touchpoint(
                "tp" + number,
                Touchpoint.Call.TRACK,
                "Order Completed",
                List.of(Identity.userId("KH-1")),
                NOON,
                NOON,
                Map.of("total", 450_000L),
                "till",
                Origin.LIVE);
        return new Envelope(to, new Input.Happened(touchpoint), "till", number);
    }
}

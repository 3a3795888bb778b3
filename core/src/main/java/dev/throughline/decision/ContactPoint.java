// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.consent.ConsentState;
import dev.throughline.consent.LedgerHead;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.ring.Key;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.List;

/**
 * One address: who holds it, what was granted and refused on it, how often it was written to lately, and the messages that are on
 * their way to it.
 *
 * @param key the address's key
 * @param address the address
 * @param holders the customers who hold it, in the order in which they came by it
 * @param epoch how often it has been split off from a customer
 * @param consent grants, denies and suppression
 * @param slots messages that count towards caps
 * @param open messages without a verdict
 * @param closed messages with one
 * @param heard replies and receipts that were taken lately
 * @param inquiries messages in doubt of which the provider is asked
 * @param ledger the end of the chain of its ledger lines
 * @param unknown fields of a newer version
 */
record ContactPoint(
        Key key,
        Address address,
        List<CustomerId> holders,
        int epoch,
        ConsentState consent,
        List<Slot> slots,
        Underway open,
        Remembered closed,
        List<String> heard,
        List<Inquired> inquiries,
        LedgerHead ledger,
        byte[] unknown) {

    private static final byte[] NOTHING = {};

    static final Codec<ContactPoint> CODEC = Codec.of(
            (point, out) -> {
                out.string(1, point.address.toString());
                point.holders.forEach(holder -> out.string(2, holder.toString()));
                out.nested(3, ConsentState.CODEC, point.consent);
                out.each(4, Slot.CODEC, point.slots);
                out.each(5, Open.CODEC, point.open);
                out.each(6, Closed.CODEC, point.closed);
                point.heard.forEach(id -> out.string(7, id));
                if (point.epoch != 0) {
                    out.number(8, point.epoch);
                }
                out.each(9, Inquired.CODEC, point.inquiries);
                out.nested(10, LedgerHead.CODEC, point.ledger.lines() == 0 ? null : point.ledger);
                out.raw(point.unknown);
            },
            in -> {
                Address address = Address.parse(in.string(1));
                LedgerHead ledger = in.nestedOrNull(10, LedgerHead.CODEC);
                return new ContactPoint(
                        Key.of(address),
                        address,
                        in.strings(2).stream().map(CustomerId::parse).toList(),
                        (int) in.number(8),
                        in.nested(3, ConsentState.CODEC),
                        in.each(4, Slot.CODEC),
                        Underway.of(in.each(5, Open.CODEC)),
                        Remembered.of(in.each(6, Closed.CODEC)),
                        in.strings(7),
                        in.each(9, Inquired.CODEC),
                        ledger == null ? LedgerHead.NONE : ledger,
                        in.above(10));
            });

    /**
     * A message that counts towards a cap.
     *
     * @param message which
     * @param scope the cap's scope
     * @param at when it was sent, or the last instant at which it can be
     */
    record Slot(MessageId message, String scope, Instant at) {
        static final Codec<Slot> CODEC = Codec.of(
                (slot, out) -> {
                    out.string(1, slot.message.value());
                    out.string(2, slot.scope);
                    out.instant(3, slot.at);
                },
                in -> new Slot(new MessageId(in.string(1)), in.string(2), in.instant(3)));
    }

    /**
     * A message in doubt of which the provider is asked.
     *
     * @param message which
     * @param asked how often he has been asked
     * @param next when he is asked again
     */
    record Inquired(MessageId message, int asked, Instant next) {
        static final Codec<Inquired> CODEC = Codec.of(
                (inquired, out) -> {
                    out.string(1, inquired.message.value());
                    out.number(2, inquired.asked);
                    out.instant(3, inquired.next);
                },
                in -> new Inquired(new MessageId(in.string(1)), (int) in.number(2), in.instant(3)));

        String timer() {
            return Inquiry.TIMER + message;
        }
    }

    static ContactPoint of(Key key) {
        return new ContactPoint(
                key,
                Address.parse(key.id()),
                List.of(),
                0,
                ConsentState.NONE,
                List.of(),
                Underway.NOTHING,
                Remembered.NOTHING,
                List.of(),
                List.of(),
                LedgerHead.NONE,
                NOTHING);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.decision;

import dev.throughline.channel.MessageId;
import dev.throughline.consent.ConsentState;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.wire.Codec;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One address: who holds it, what was granted and refused on it, how often it was written to lately, and the messages that are on
 * their way to it.
 *
 * @param address the address
 * @param holders the customers who hold it, in the order in which they came by it
 * @param consent grants, denies and suppression
 * @param slots messages that count towards caps
 * @param open messages without a verdict
 * @param closed messages with one
 * @param heard replies and receipts that were taken lately
 * @param unknown fields of a newer version
 */
record ContactPoint(
        Address address,
        List<CustomerId> holders,
        ConsentState consent,
        List<Slot> slots,
        SortedMap<MessageId, Open> open,
        Remembered closed,
        List<String> heard,
        byte[] unknown) {

    static final Codec<ContactPoint> CODEC = Codec.of(
            (point, out) -> {
                out.string(1, point.address.toString());
                point.holders.forEach(holder -> out.string(2, holder.toString()));
                out.nested(3, ConsentState.CODEC, point.consent);
                out.each(4, Slot.CODEC, point.slots);
                out.each(5, Open.CODEC, point.open.values());
                out.each(6, Closed.CODEC, point.closed);
                point.heard.forEach(id -> out.string(7, id));
                out.raw(point.unknown);
            },
            in -> {
                var open = new TreeMap<MessageId, Open>();
                in.each(5, Open.CODEC).forEach(one -> open.put(one.plan().id(), one));
                return new ContactPoint(
                        Address.parse(in.string(1)),
                        in.strings(2).stream().map(CustomerId::parse).toList(),
                        in.nested(3, ConsentState.CODEC),
                        in.each(4, Slot.CODEC),
                        Collections.unmodifiableSortedMap(open),
                        Remembered.of(in.each(6, Closed.CODEC)),
                        in.strings(7),
                        in.above(7));
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

    static ContactPoint of(Address address) {
        return new ContactPoint(
                address,
                List.of(),
                ConsentState.NONE,
                List.of(),
                Collections.emptySortedMap(),
                Remembered.NOTHING,
                List.of(),
                new byte[0]);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import dev.throughline.channel.Inbound;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Receipt;
import dev.throughline.decision.Replied;
import dev.throughline.decision.Reported;
import dev.throughline.identity.Address;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.ring.Envelope;
import dev.throughline.ring.Input;
import dev.throughline.ring.Key;
import dev.throughline.store.Store;
import java.util.Optional;

/** Finds the contact point that a provider's word is about. */
final class Routes {

    private Routes() {}

    /** Empty if the message is not known, or not yet: a receipt may overtake the answer to its message. */
    static Optional<Envelope> of(Store store, Receipt receipt) {
        MessageId message = receipt.message();
        Optional<Key> byMessage = message == null ? Optional.empty() : store.route(message.value());
        String reference = receipt.reference();
        Optional<Key> key = byMessage.isPresent() || reference == null ? byMessage : store.route(reference);
        return key.map(contactPoint -> new Envelope(
                contactPoint, new Input.Received("receipt/" + receipt.id(), new Reported(receipt)), "", 0));
    }

    /** What an adapter has not brought to its normal form must not make a contact point of its own, which nobody writes to. */
    private static Address normal(Address from) {
        try {
            return Address.of(from.kind(), from.value());
        } catch (ThroughlineException unreadable) {
            return from;
        }
    }

    static Envelope of(Inbound inbound) {
        return new Envelope(
                Key.of(normal(inbound.from())),
                new Input.Received("inbound/" + inbound.id(), new Replied(inbound)),
                "",
                0);
    }
}

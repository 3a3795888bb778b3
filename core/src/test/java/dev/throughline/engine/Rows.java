// SPDX-License-Identifier: Apache-2.0
package dev.throughline.engine;

import static dev.throughline.identity.Channel.SMS;

import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.CustomerId;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Sender;
import dev.throughline.ring.Key;
import dev.throughline.ring.Outgoing;
import dev.throughline.store.Changes;
import dev.throughline.store.Store;
import dev.throughline.store.Unit;
import java.time.Duration;
import java.time.Instant;

/** Rows of an outbox. */
final class Rows {

    static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    static final Address PHONE = Address.phone("+84900000001");
    static final Key CUSTOMER = Key.of(CustomerId.of(NOW, "mai"));

    private Rows() {}

    static MessageId id(String name) {
        return new MessageId(Ids.hash(name));
    }

    static Outgoing row(String name) {
        return row(name, MessageClass.MARKETING, NOW.plus(Duration.ofMinutes(10)));
    }

    static Outgoing row(String name, MessageClass messageClass, Instant sendBefore) {
        var message = new Outbound(
                id(name),
                2,
                PHONE,
                Sender.of("SHOP"),
                messageClass,
                new TextContent(name),
                NOW.plus(Duration.ofDays(1)),
                null);
        return new Outgoing(message, SMS, Key.of(PHONE), CUSTOMER, "campaign", NOW, sendBefore);
    }

    static void put(Store store, Outgoing... rows) {
        try (Unit unit = store.begin()) {
            var changes = Changes.none();
            for (Outgoing row : rows) {
                changes.enqueued().add(row);
            }
            unit.commit(changes);
        }
    }
}

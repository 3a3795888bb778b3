// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import dev.throughline.channel.Content;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Sender;
import dev.throughline.wire.Codec;
import dev.throughline.wire.Reader;
import dev.throughline.wire.Writer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a row of the outbox is stored. */
final class OutgoingCodec implements Codec<Outgoing> {

    @Override
    public void write(Outgoing row, Writer out) {
        Outbound message = row.message();
        out.string(1, message.id().value());
        out.number(2, message.attempt());
        out.string(3, message.to().toString());
        out.string(4, message.from().value());
        out.constant(5, message.from().kind());
        out.instant(6, message.from().registeredUntil());
        out.constant(7, message.messageClass());
        out.nested(8, Content.CODEC, message.content());
        out.instant(9, message.notAfter());
        out.string(10, message.unsubscribe());
        out.string(11, row.channel().name());
        out.string(12, row.channel().addressKind());
        out.string(13, row.contactPoint().toString());
        out.string(14, row.customer().toString());
        out.string(15, row.campaign());
        out.instant(16, row.sendBefore());
        if (!row.approved().isEmpty()) {
            out.string(17, row.approved());
        }
        out.instant(18, row.since());
    }

    @Override
    public Outgoing read(Reader in) {
        String id = "";
        int attempt = 1;
        String to = "";
        String from = "";
        Sender.Kind fromKind = Sender.Kind.OTHER;
        @Nullable Instant registeredUntil = null;
        MessageClass messageClass = MessageClass.MARKETING;
        Content content = new TextContent("");
        Instant notAfter = Instant.EPOCH;
        @Nullable String unsubscribe = null;
        String channel = "";
        String addressKind = "";
        String contactPoint = "";
        String customer = "";
        String campaign = "";
        Instant sendBefore = Instant.EPOCH;
        String approved = "";
        Instant since = Instant.EPOCH;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.string();
                case 2 -> attempt = (int) in.number();
                case 3 -> to = in.string();
                case 4 -> from = in.string();
                case 5 -> fromKind = in.constant(Sender.Kind.class);
                case 6 -> registeredUntil = in.instant();
                case 7 -> messageClass = in.constant(MessageClass.class);
                case 8 -> content = in.nested(Content.CODEC);
                case 9 -> notAfter = in.instant();
                case 10 -> unsubscribe = in.string();
                case 11 -> channel = in.string();
                case 12 -> addressKind = in.string();
                case 13 -> contactPoint = in.string();
                case 14 -> customer = in.string();
                case 15 -> campaign = in.string();
                case 16 -> sendBefore = in.instant();
                case 17 -> approved = in.string();
                case 18 -> since = in.instant();
                default -> {}
            }
        }
        var message = new Outbound(
                new MessageId(id),
                attempt,
                Address.parse(to),
                new Sender(from, fromKind, registeredUntil),
                messageClass,
                content,
                notAfter,
                unsubscribe);
        return new Outgoing(
                message,
                new Channel(channel, addressKind),
                Key.parse(contactPoint),
                Key.parse(customer),
                campaign,
                since,
                sendBefore,
                approved);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Messages to send, and a way to wait for what becomes of them. */
final class Letters {

    static final Instant NOW = Instant.parse("2026-11-23T03:04:05Z");
    static final EmailContent BASKET = new EmailContent(
            "Mai ơi, giỏ hàng của bạn vẫn còn đây",
            "<p>Bộ trà <a href=\"https://shop.example/b/7\">của bạn</a></p>",
            "");

    private Letters() {}

    static Outbound letter() {
        return letter(0);
    }

    static Outbound letter(int index) {
        return letter(MessageId.of("instance", "send", 0, index), Address.email("mai@example.com"), BASKET);
    }

    static Outbound to(Address address) {
        return letter(MessageId.of("instance", "send", 0, 0), address, BASKET);
    }

    static Outbound saying(Content content) {
        return letter(MessageId.of("instance", "send", 0, 0), Address.email("mai@example.com"), content);
    }

    static Outbound from(String sender) {
        Outbound usual = letter();
        return new Outbound(
                usual.id(),
                1,
                usual.to(),
                Sender.of(sender),
                usual.messageClass(),
                usual.content(),
                usual.notAfter(),
                null);
    }

    static Outbound unsubscribable(String url) {
        Outbound usual = letter();
        return new Outbound(
                usual.id(), 1, usual.to(), usual.from(), usual.messageClass(), usual.content(), usual.notAfter(), url);
    }

    static SendResult send(SmtpEmail adapter, Outbound message) {
        return send(adapter, message, Duration.ofSeconds(20));
    }

    static SendResult send(SmtpEmail adapter, Outbound message, Duration deadline) {
        return get(adapter.send(message, deadline).toCompletableFuture());
    }

    static SendResult get(Future<SendResult> result) {
        try {
            return result.get(30, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static Outbound letter(MessageId id, Address to, Content content) {
        return new Outbound(
                id,
                1,
                to,
                Sender.of("Tiệm Trà <news@shop.example>"),
                MessageClass.MARKETING,
                content,
                NOW.plusSeconds(86_400),
                null);
    }
}

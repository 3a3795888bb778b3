// SPDX-License-Identifier: Apache-2.0
package dev.throughline.ring;

import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Ids;
import dev.throughline.identity.Sender;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row of the outbox. */
class OutgoingTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.000000001Z");
    private static final Address PHONE = Address.phone("+84900000001");

    @Test
    void survivesItsBytes() {
        Stream.of(
                        new TextContent(""),
                        new TextContent("Đừng gửi"),
                        new EmailContent("s", "<p>h</p>", ""),
                        new TemplateContent("otp", "vi", Map.of("code", "")))
                .map(content -> row(content, MessageClass.SERVICE, "https://shop.example/u/1"))
                .forEach(row -> assertThat(Outgoing.CODEC.decode(Outgoing.CODEC.encode(row)))
                        .isEqualTo(row));
        var bare = row(new TextContent("x"), MessageClass.REGULATORY, null);
        assertThat(Outgoing.CODEC.decode(Outgoing.CODEC.encode(bare))).isEqualTo(bare);
        var approved = new Outgoing(
                bare.message(),
                bare.channel(),
                bare.contactPoint(),
                bare.customer(),
                "",
                NOW,
                bare.sendBefore(),
                "5e1f");
        assertThat(Outgoing.CODEC.decode(Outgoing.CODEC.encode(approved))).isEqualTo(approved);
    }

    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void somebodyWaitsForCodesContractsAndOrdersOfTheLaw(MessageClass messageClass) {
        var urgent = EnumSet.of(MessageClass.REGULATORY, MessageClass.ONE_TIME_CODE, MessageClass.TRANSACTIONAL);

        assertThat(row(new TextContent("x"), messageClass, null).urgent()).isEqualTo(urgent.contains(messageClass));
    }

    private static Outgoing row(Content content, MessageClass messageClass, String unsubscribe) {
        var sender = Sender.of("SHOP").registeredUntil(NOW);
        var message =
                new Outbound(new MessageId(Ids.hash("m")), 3, PHONE, sender, messageClass, content, NOW, unsubscribe);
        return new Outgoing(message, SMS, Key.of(PHONE), Key.of(PHONE), "", NOW.minusSeconds(60), NOW);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the suite of adapters cannot ask of every adapter. */
class PushAdapterTest {

    /** A TLS record: alert, fatal, handshake_failure. */
    private static final byte[] HANDSHAKE_FAILURE = {0x15, 3, 3, 0, 2, 2, 40};

    @Test
    void takesARefusedHandshakeForNotSent() throws Exception {
        try (var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refused = CompletableFuture.runAsync(() -> refuse(service));
            var adapter = new PushAdapter(URI.create("https://127.0.0.1:" + service.getLocalPort() + "/"), "key");

            var sent = adapter.send(message(), Duration.ofSeconds(10)).toCompletableFuture();

            assertThat(sent.get(20, TimeUnit.SECONDS))
                    .isEqualTo(
                            new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "SSLHandshakeException"));
            refused.get(10, TimeUnit.SECONDS);
        }
    }

    private static void refuse(ServerSocket service) {
        try (var socket = service.accept()) {
            byte[] hello = new byte[16_384];
            assertThat(socket.getInputStream().read(hello)).isPositive();
            socket.getOutputStream().write(HANDSHAKE_FAILURE);
        } catch (IOException lost) {
            throw new AssertionError(lost);
        }
    }

    private static Outbound message() {
        return new Outbound(
                MessageId.of("push", "send", 0, 1),
                1,
                Address.of("push", PushProvider.DEVICE),
                Sender.of("Shop"),
                MessageClass.TRANSACTIONAL,
                new TextContent("Your order is ready"),
                Instant.parse("2026-11-24T02:00:00Z"),
                null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomChannelTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void sendsOnAChannelThatTheLibraryDoesNotKnow() throws Exception {
        var written = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(written, true, UTF_8));
        try {
            CustomChannel.main(new String[0]);
        } finally {
            System.setOut(console);
        }

        assertThat(written.toString(UTF_8))
                .contains("chat", "SENT", "received: [+84900000001 Order A-17 is on its way.]");
    }

    @Test
    void takesFewerThanSeventyLines() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/java/dev/throughline/examples/ChatAdapter.java")))
                .hasSizeLessThan(70);
    }

    @ParameterizedTest
    @CsvSource({"202, Accepted", "404, Rejected", "429, NotSent", "500, Unknown"})
    void tellsWhatAnAnswerMeans(int status, String result) throws IOException {
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", call -> {
            call.sendResponseHeaders(status, -1);
            call.close();
        });
        chat.start();
        try {
            assertThat(sentTo(chat.getAddress().getPort()).getClass().getSimpleName())
                    .isEqualTo(result);
        } finally {
            chat.stop(0);
        }
    }

    @Test
    void knowsThatNothingWasSentWithoutAConnection() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(sentTo(free)).isInstanceOfSatisfying(SendResult.NotSent.class, it -> assertThat(it.cause())
                .isEqualTo(FailureCause.NETWORK));
    }

    private static SendResult sentTo(int port) {
        var message = new Outbound(
                new MessageId("0".repeat(32)),
                1,
                Address.phone("+84900000001"),
                Sender.of("Shop"),
                MessageClass.TRANSACTIONAL,
                new TextContent("Hello"),
                Instant.MAX,
                null);
        return new ChatAdapter(URI.create("http://127.0.0.1:" + port + "/"), HTTP)
                .send(message, Duration.ofSeconds(5))
                .join();
    }
}

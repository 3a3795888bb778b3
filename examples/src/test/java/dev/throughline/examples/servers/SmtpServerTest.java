// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpServerTest {

    private static final Instant NINE = Instant.parse("2011-03-01T09:00:00Z");

    private static final Session SESSION = session();

    private final AtomicReference<Instant> now = new AtomicReference<>(NINE);
    private final SmtpServer server = SmtpServer.on(now::get).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void stampsEachMailWithTheRunsClock() throws MessagingException {
        try (var transport = connect()) {
            send(transport, "mai@example.com", "one");
            now.set(NINE.plus(Duration.ofHours(1)));
            send(transport, "lan@example.com", "two");
        }

        assertThat(server.received()).extracting(ReceivedMail::at).containsExactly(NINE, NINE.plusSeconds(3600));
    }

    @Test
    void readsEnvelopeAndHeaders() throws MessagingException {
        try (var transport = connect()) {
            send(transport, "mai@example.com", "Giỏ hàng của bạn đang chờ, và còn một tấm thiệp rất dài cho bạn");
        }

        var mail = server.received().get(0);
        assertThat(mail.sender()).isEqualTo("shop@example.com");
        assertThat(mail.recipients()).containsExactly("mai@example.com");
        assertThat(mail.subject()).isEqualTo("Giỏ hàng của bạn đang chờ, và còn một tấm thiệp rất dài cho bạn");
        assertThat(mail.messageId()).matches("<.+@.+>");
        assertThat(mail.header("x-campaign")).contains("win-back");
        assertThat(mail.headers("X-None")).isEmpty();
    }

    @Test
    void keepsBodiesOnlyWhenAsked() throws MessagingException {
        try (var transport = connect()) {
            send(transport, "mai@example.com", "one");
            server.keepingBodies();
            send(transport, "mai@example.com", "two");
        }

        assertThat(server.received().get(0).content()).endsWith("\r\n\r\n").doesNotContain("line with a dot");
        assertThat(server.received().get(1).content()).endsWith("\r\n\r\n.line with a dot\r\n..\r\nend\r\n");
    }

    @Test
    void takesManyMailsFromAPoolOfConnections() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        Callable<Boolean> connection = () -> {
            try (var transport = connect()) {
                for (int i = 0; i < 500; i++) {
                    send(transport, "mai@example.com", "one");
                }
            }
            return true;
        };
        for (var sent : threads.invokeAll(Collections.nCopies(4, connection))) {
            sent.get();
        }
        threads.shutdown();

        assertThat(server.received())
                .extracting(ReceivedMail::messageId)
                .hasSize(2_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesARecipientForGoodOrForNow() throws MessagingException {
        server.answering(recipient -> switch (recipient) {
            case "gone@example.com" -> SmtpAnswer.REJECT;
            case "full@example.com" -> SmtpAnswer.DEFER;
            default -> SmtpAnswer.ACCEPT;
        });

        try (var transport = connect()) {
            assertThat(replyTo(transport, "gone@example.com")).isEqualTo(550);
            assertThat(replyTo(transport, "full@example.com")).isEqualTo(451);
            send(transport, "mai@example.com", "one");
        }

        assertThat(server.received()).extracting(ReceivedMail::recipients).containsExactly(List.of("mai@example.com"));
    }

    @Test
    void takesAMailAndDropsTheConnectionBeforeItSaysSo() throws MessagingException {
        server.answering(recipient -> SmtpAnswer.DROP_AFTER_DATA);
        var transport = connect();

        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(() -> send(transport, "mai@example.com", "one"))
                .withMessageContaining("[EOF]");
        assertThat(transport.isConnected()).isFalse();
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void isDownForAnIntervalOfItsClock() throws MessagingException {
        server.downBetween(NINE.plusSeconds(60), NINE.plusSeconds(120));
        var before = connect();
        send(before, "mai@example.com", "one");
        now.set(NINE.plusSeconds(60));
        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(() -> send(before, "mai@example.com", "two"))
                .withMessageContaining("[EOF]");
        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(this::connect)
                .withMessageContaining("response: [EOF]");

        now.set(NINE.plusSeconds(120));
        try (var after = connect()) {
            send(after, "mai@example.com", "three");
        }

        assertThat(server.received()).extracting(ReceivedMail::subject).containsExactly("one", "three");
    }

    @Test
    void listensOnTheLoopbackInterfaceUntilItIsClosed() throws MessagingException {
        connect().close();

        server.close();
        server.close();

        assertThatExceptionOfType(MessagingException.class)
                .isThrownBy(this::connect)
                .withMessageContaining("Couldn't connect to host, port: 127.0.0.1, " + server.port());
    }

    @Test
    void startsOnAFreePort() {
        try (var other = SmtpServer.on(now::get).start()) {
            assertThat(IntStream.of(server.port(), other.port()))
                    .allMatch(port -> port > 1023)
                    .doesNotHaveDuplicates();
        }
    }

    private Transport connect() throws MessagingException {
        var transport = SESSION.getTransport("smtp");
        transport.connect("127.0.0.1", server.port(), null, null);
        return transport;
    }

    private static Session session() {
        var properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", "5000");
        properties.put("mail.smtp.timeout", "5000");
        // Otherwise the library looks up this machine's name, for EHLO and for each Message-ID.
        properties.put("mail.smtp.localhost", "localhost");
        properties.put("mail.from", "shop@example.com");
        return Session.getInstance(properties);
    }

    private static void send(Transport transport, String recipient, String subject) throws MessagingException {
        var message = new MimeMessage(SESSION);
        message.setFrom("shop@example.com");
        message.setRecipients(RecipientType.TO, recipient);
        message.setSubject(subject, "UTF-8");
        message.setHeader("X-Campaign", "win-back");
        message.setText(".line with a dot\r\n..\r\nend\r\n", "US-ASCII");
        message.saveChanges();
        transport.sendMessage(message, InternetAddress.parse(recipient));
    }

    private static int replyTo(Transport transport, String recipient) {
        try {
            send(transport, recipient, "refused");
            return 250;
        } catch (SendFailedException e) {
            return ((SMTPAddressFailedException) e.getNextException()).getReturnCode();
        } catch (MessagingException e) {
            throw new AssertionError("not refused but failed", e);
        }
    }
}

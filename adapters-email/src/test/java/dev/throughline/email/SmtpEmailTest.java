// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static dev.throughline.email.Letters.get;
import static dev.throughline.email.Letters.letter;
import static dev.throughline.email.Letters.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.subethamail.smtp.helper.BasicMessageListener;

@Timeout(60)
class SmtpEmailTest {

    @Test
    void deliversAMailAndSaysHowTheServerCallsIt() {
        try (var server = new ScriptedServer();
                var smtp = server.client()) {
            SendResult result = send(smtp, letter());

            assertThat(result).isEqualTo(new SendResult.Accepted(List.of("4F2A1"), null));
            assertThat(server.commands)
                    .containsExactly(
                            "EHLO [127.0.0.1]", "MAIL FROM:<news@shop.example>", "RCPT TO:<mai@example.com>", "DATA");
        }
    }

    @Test
    void dialsNobodyBeforeTheFirstMessage() {
        try (var server = new ScriptedServer();
                var smtp = server.client().connections(3)) {
            assertThat(server.connections).hasValue(0);
            assertThat(smtp.health()).isEqualTo(new Health(Health.State.UNTRIED, ""));
            assertThat(smtp.slots()).isEqualTo(3);
            assertThat(smtp.id()).isEqualTo("email-smtp");
            assertThat(smtp.named("email-orders").id()).isEqualTo("email-orders");
            assertThat(smtp.channel()).isEqualTo(Channel.EMAIL);
        }
    }

    @Test
    void saysThatADeadServerGotNothing() {
        try (var server = new ScriptedServer();
                var smtp = server.client()) {
            server.stop();

            SendResult result = send(smtp, letter());

            String detail = "127.0.0.1:" + server.port() + ": Connection refused";
            assertThat(result).isEqualTo(new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, detail));
            assertThat(smtp.health()).isEqualTo(new Health(Health.State.DOWN, detail));
        }
    }

    @Test
    void findsAServerThatComesBack() {
        var server = new MailServer();
        try (var smtp = server.client()) {
            send(smtp, letter(1));
            server.close();
            SendResult meanwhile = send(smtp, letter(2));
            try (var again = new MailServer(server.port(), settings -> settings)) {
                SendResult later = send(smtp, letter(2));

                assertThat(meanwhile).isInstanceOf(SendResult.NotSent.class);
                assertThat(later).isInstanceOf(SendResult.Accepted.class);
                assertThat(again.received).hasSize(1);
                assertThat(smtp.health()).isEqualTo(new Health(Health.State.UP, ""));
            }
        }
    }

    @Test
    void dialsAgainWhenTheServerHasClosedARestingConnection() {
        try (var server = new ScriptedServer();
                var smtp = server.client()) {
            send(smtp, letter(1));
            server.hangUpAll();

            SendResult result = send(smtp, letter(2));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.connections).hasValue(2);
            assertThat(server.messages).hasSize(2);
        }
    }

    @Test
    void dialsAgainWhenTheServerSaysGoodbyeToARestingConnection() {
        try (var server = new ScriptedServer().answer("MAIL", "250 ok", "421 4.4.2 idle too long", "250 ok");
                var smtp = server.client()) {
            send(smtp, letter(1));

            SendResult result = send(smtp, letter(2));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void doesNotKnowWhatBecameOfAMailWhoseAnswerWasLost() {
        try (var server = new ScriptedServer().answer(".", ScriptedServer.HANG_UP);
                var smtp = server.client()) {
            SendResult result = send(smtp, letter());

            assertThat(result)
                    .isEqualTo(new SendResult.Unknown(
                            FailureCause.NETWORK,
                            List.of(),
                            "the connection broke before the server answered; 127.0.0.1:" + server.port() + ": [EOF]"));
            assertThat(server.messages).as("nobody resends").hasSize(1);
        }
    }

    @Test
    void knowsThatNothingLeftWhenTheConnectionBreaksBeforeTheMessage() {
        for (String command : List.of("GREETING", "EHLO", "MAIL", "RCPT", "DATA")) {
            try (var server = new ScriptedServer().answer(command, ScriptedServer.HANG_UP);
                    var smtp = server.client()) {
                SendResult result = send(smtp, letter());

                assertThat(result).as(command).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
                    assertThat(notSent.cause()).isEqualTo(FailureCause.NETWORK);
                    assertThat(notSent.scope()).isEqualTo(Scope.CHANNEL);
                });
                assertThat(server.connections).as("one attempt at %s", command).hasValue(1);
            }
        }
    }

    @Test
    void givesUpOnASilentServerWhenTheDeadlineIsOver() {
        for (String command : List.of("GREETING", "MAIL", "RCPT", "DATA")) {
            try (var server = new ScriptedServer().answer(command, ScriptedServer.SILENCE);
                    var smtp = server.client()) {
                SendResult result = send(smtp, letter(), Duration.ofMillis(300));

                assertThat(result)
                        .as(command)
                        .isEqualTo(new SendResult.NotSent(
                                FailureCause.NETWORK, Scope.CHANNEL, null, "no answer within PT0.3S"));
                assertThat(server.messages).isEmpty();
            }
        }
    }

    @Test
    void doesNotKnowWhatASilentServerDidWithTheWholeMessage() {
        try (var server = new ScriptedServer().answer(".", ScriptedServer.SILENCE, "250 ok");
                var smtp = server.client().connections(1)) {
            SendResult result = send(smtp, letter(1), Duration.ofMillis(300));
            SendResult next = send(smtp, letter(2));

            assertThat(result)
                    .isEqualTo(new SendResult.Unknown(
                            FailureCause.NETWORK, List.of(), "no answer within PT0.3S before the server answered"));
            assertThat(next).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.connections)
                    .as("the silent connection is not used again")
                    .hasValue(2);
        }
    }

    @Test
    void doesNotWaitForAFreeConnectionBeyondTheDeadline() {
        try (var server = new ScriptedServer().answer("GREETING", ScriptedServer.SILENCE);
                var smtp = server.client().connections(1)) {
            CompletionStage<SendResult> first = smtp.send(letter(1), Duration.ofSeconds(5));
            SendResult second = send(smtp, letter(2), Duration.ofMillis(200));

            assertThat(second)
                    .isEqualTo(new SendResult.NotSent(
                            FailureCause.NETWORK, Scope.MESSAGE, null, "no answer within PT0.2S"));
            assertThat(first.toCompletableFuture()).isNotDone();
            server.stop();
        }
    }

    @Test
    void keepsTheConnectionWhenAMessageThatWaitedIsTooLate() {
        BasicMessageListener slow = (context, from, to, data) -> LockSupport.parkNanos(500_000_000);
        try (var server = new MailServer(settings -> settings.messageHandler(slow));
                var smtp = server.client().connections(1)) {
            CompletionStage<SendResult> first = smtp.send(letter(1), Duration.ofSeconds(20));
            CompletionStage<SendResult> late = smtp.send(letter(2), Duration.ofMillis(100));
            CompletionStage<SendResult> last = smtp.send(letter(3), Duration.ofSeconds(20));

            assertThat(get(late.toCompletableFuture())).isInstanceOf(SendResult.NotSent.class);
            assertThat(get(first.toCompletableFuture())).isInstanceOf(SendResult.Accepted.class);
            assertThat(get(last.toCompletableFuture())).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void reusesOneConnectionForMessagesThatFollowEachOther() {
        try (var server = new MailServer();
                var smtp = server.client()) {
            IntStream.range(0, 50)
                    .forEach(i -> assertThat(send(smtp, letter(i))).isInstanceOf(SendResult.Accepted.class));

            assertThat(server.connections).hasValue(1);
            assertThat(server.received).hasSize(50);
        }
    }

    @Test
    void makesAConnectionAnewAfterItsShareOfMessages() {
        try (var server = new MailServer();
                var smtp = server.client().messagesPerConnection(10)) {
            IntStream.range(0, 25).forEach(i -> send(smtp, letter(i)));

            assertThat(server.connections).hasValue(3);
        }
    }

    @Test
    void keepsTheConnectionAfterARefusal() {
        try (var server = new ScriptedServer().answer("RCPT", "550 5.1.1 no such user", "250 ok");
                var smtp = server.client()) {
            SendResult refused = send(smtp, letter(1));
            SendResult accepted = send(smtp, letter(2));

            assertThat(refused).isInstanceOf(SendResult.Rejected.class);
            assertThat(accepted).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.connections).hasValue(1);
            assertThat(server.commands).contains("RSET");
        }
    }

    @Test
    void sendsTwoHundredAtATimeOverFourConnections() {
        try (var server = new MailServer();
                var smtp = server.client().connections(4)) {
            List<CompletableFuture<SendResult>> results = IntStream.range(0, 200)
                    .mapToObj(i -> smtp.send(letter(i), Duration.ofSeconds(30)).toCompletableFuture())
                    .toList();

            assertThat(results).allSatisfy(result -> assertThat(get(result)).isInstanceOf(SendResult.Accepted.class));
            assertThat(server.most).hasValueLessThanOrEqualTo(4);
            assertThat(server.received.stream()
                            .map(mail -> mail.header("Message-ID"))
                            .distinct())
                    .hasSize(200);
        }
    }

    @Test
    void closesAnIdleConnectionWithAQuit() {
        try (var server = new ScriptedServer();
                var smtp = server.client().idleTimeout(Duration.ofMillis(100))) {
            send(smtp, letter(1));

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> server.commands.contains("QUIT"));
            assertThat(send(smtp, letter(2))).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void finishesWhatIsUnderWayWhenItCloses() {
        try (var server = new MailServer()) {
            var smtp = server.client().connections(1);
            send(smtp, letter(0));
            CompletionStage<SendResult> underWay = smtp.send(letter(1), Duration.ofSeconds(10));
            Awaitility.await()
                    .until(() -> server.received.size() > 1
                            || underWay.toCompletableFuture().isDone());

            smtp.close();
            smtp.close();

            assertThat(get(underWay.toCompletableFuture())).isInstanceOf(SendResult.Accepted.class);
            assertThat(send(smtp, letter(2)))
                    .isEqualTo(
                            new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "the adapter is closed"));
        }
    }

    @Test
    void isHonestAboutWhatItCouldNotFinishWhenItCloses() {
        try (var server = new ScriptedServer().answer(".", ScriptedServer.SILENCE)) {
            var smtp = server.client().connections(1);
            CompletionStage<SendResult> written = smtp.send(letter(1), Duration.ofMinutes(1));
            CompletionStage<SendResult> waiting = smtp.send(letter(2), Duration.ofMinutes(1));
            Awaitility.await().until(() -> !server.messages.isEmpty());

            smtp.close();

            assertThat(get(waiting.toCompletableFuture())).isInstanceOf(SendResult.NotSent.class);
            assertThat(get(written.toCompletableFuture()))
                    .isEqualTo(new SendResult.Unknown(
                            FailureCause.NETWORK, List.of(), "the adapter was closed before the server answered"));
        }
    }

    @Test
    void refusesASetUpThatCannotWork() {
        assertThatThrownBy(() -> SmtpEmail.at("mail shop", 25))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("SMTP host 'mail shop': expected a name such as mail.shop.example");
        assertThatThrownBy(() -> SmtpEmail.at("mail.shop.example", 0))
                .hasMessage("SMTP port 0 of mail.shop.example: expected 1 to 65535");
        var smtp = SmtpEmail.at("mail.shop.example", 587);
        assertThatThrownBy(() -> smtp.connections(0)).hasMessage("connections 0: expected at least 1");
        assertThatThrownBy(() -> smtp.tls(Tls.NONE).credentials("shop", () -> "s3cret"))
                .hasMessage("SMTP server mail.shop.example:587: credentials are only sent over TLS, and tls is NONE");
        assertThatThrownBy(() -> smtp.messageIdDomain("shop.example>\r\nBcc: all@shop.example"))
                .hasMessage(
                        "Message-ID domain 'shop.example>??Bcc: all@shop.example': expected a domain such as shop.example");
        assertThatThrownBy(() -> smtp.bounceAddress("bounce-of-all-our-lovely-little-mails@shop.example"))
                .hasMessage("bounce address 'bounce-of-all-our-lovely-little-mails@shop.example': expected at most 31"
                        + " characters before the @, to leave room for a tag");
        assertThatThrownBy(() -> smtp.unsubscribeAddress("nobody"))
                .hasMessage(
                        "unsubscribe address 'nobody' is not a mail address: expected one such as bounce@shop.example");
    }

    @Test
    void keepsItsSecretToItself() {
        var smtp = SmtpEmail.at("mail.shop.example", 587).credentials("shop", () -> "s3cret");

        assertThat(smtp).hasToString("email-smtp at mail.shop.example:587");
    }
}

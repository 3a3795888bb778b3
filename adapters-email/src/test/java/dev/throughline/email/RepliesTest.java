// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static dev.throughline.email.Letters.letter;
import static dev.throughline.email.Letters.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RepliesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAIL | 550 5.1.8 sender domain does not exist                  | SENDER_NOT_ALLOWED | SENDER
            MAIL | 550 5.7.1 not allowed to send as this                   | BLOCKED_POLICY     | SENDER
            MAIL | 553 sender rejected                                     | SENDER_NOT_ALLOWED | SENDER
            MAIL | 552 5.3.4 message size exceeds fixed limit              | TOO_LARGE          | MESSAGE
            MAIL | 552 too big                                             | TOO_LARGE          | MESSAGE
            MAIL | 503 bad sequence of commands                            | UNCLASSIFIED       | MESSAGE
            RCPT | 550 5.1.1 user unknown                                  | BAD_ADDRESS        | ADDRESS
            RCPT | 550 5.1.2 no such host                                  | BAD_ADDRESS        | ADDRESS
            RCPT | 550 5.1.10 null MX                                      | BAD_ADDRESS        | ADDRESS
            RCPT | 550 sorry, no mailbox here by that name. (#5.1.1)       | BAD_ADDRESS        | ADDRESS
            RCPT | 550 no such user                                        | BAD_ADDRESS        | ADDRESS
            RCPT | 551 user not local                                      | BAD_ADDRESS        | ADDRESS
            RCPT | 553 mailbox name not allowed                            | BAD_ADDRESS        | ADDRESS
            RCPT | 550 5.2.1 mailbox disabled                              | UNREACHABLE        | ADDRESS
            RCPT | 552 5.2.2 mailbox full                                  | MAILBOX_FULL       | ADDRESS
            RCPT | 552 over quota                                          | MAILBOX_FULL       | ADDRESS
            RCPT | 554 5.7.1 relay access denied                           | BLOCKED_POLICY     | MESSAGE
            RCPT | 550 blocked by our spam policy                          | BLOCKED_POLICY     | MESSAGE
            RCPT | 554 transaction failed                                  | BLOCKED_POLICY     | MESSAGE
            RCPT | 550 5.7.17 mailbox owner has changed                    | BAD_ADDRESS        | ADDRESS
            RCPT | 550 5.6.7 no such characters                            | NOT_CAPABLE        | ADDRESS
            RCPT | 550 5.4.4 unable to route                               | UNREACHABLE        | ADDRESS
            DATA | 554 5.5.1 no valid recipients                           | CONTENT_REFUSED    | MESSAGE
            .    | 550 5.7.26 this mail is unauthenticated                 | BLOCKED_POLICY     | SENDER
            .    | 550 5.7.1 unsolicited mail                              | BLOCKED_POLICY     | MESSAGE
            .    | 554 5.6.0 malformed MIME                                | CONTENT_REFUSED    | MESSAGE
            .    | 554 message refused                                     | CONTENT_REFUSED    | MESSAGE
            .    | 554 looks like spam                                     | BLOCKED_POLICY     | MESSAGE
            .    | 552 message too large                                   | TOO_LARGE          | MESSAGE
            .    | 552 5.2.3 message length exceeds administrative limit   | TOO_LARGE          | MESSAGE
            .    | 552 5.2.2 mailbox full                                  | MAILBOX_FULL       | ADDRESS
            .    | 550 5.3.0 something is wrong here                       | VENDOR_INTERNAL    | MESSAGE
            """)
    void takesA5xxAsRefusedForGood(String command, String reply, FailureCause cause, Scope scope) {
        assertThat(answered(command, reply)).isInstanceOfSatisfying(SendResult.Rejected.class, rejected -> {
            assertThat(rejected.cause()).isEqualTo(cause);
            assertThat(rejected.scope()).isEqualTo(scope);
            assertThat(rejected.detail()).startsWith(reply.substring(0, 3));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GREETING | 421 4.3.2 shutting down                             | VENDOR_INTERNAL    | CHANNEL | PT1M
            GREETING | 421 too many connections from you                   | THROTTLED          | CHANNEL | PT1M
            GREETING | 554 no SMTP service here                            | BLOCKED_POLICY     | CHANNEL | PT1H
            MAIL | 421 4.3.2 shutting down                                 | VENDOR_INTERNAL    | CHANNEL | PT1M
            MAIL | 530 5.7.0 must issue a STARTTLS command first           | AUTH               | CHANNEL | PT5M
            MAIL | 530 5.7.0 authentication required                       | AUTH               | CHANNEL | PT5M
            MAIL | 450 4.1.8 sender domain not found                       | SENDER_NOT_ALLOWED | SENDER  | PT1H
            MAIL | 452 4.3.1 insufficient system storage                   | VENDOR_INTERNAL    | CHANNEL | PT5M
            MAIL | 451 4.7.1 try later                                     | THROTTLED          | SENDER  | PT5M
            RCPT | 450 4.7.1 Greylisted, please try again in 300 seconds   | THROTTLED          | ADDRESS | PT5M
            RCPT | 451 4.7.1 Greylisting in action, come back in 10 minutes| THROTTLED          | ADDRESS | PT10M
            RCPT | 450 greylisted for 2 hours                              | THROTTLED          | ADDRESS | PT2H
            RCPT | 450 greylisted for 99999 hours                          | THROTTLED          | ADDRESS | PT24H
            RCPT | 450 4.2.1 mailbox busy                                  | UNREACHABLE        | ADDRESS | PT5M
            RCPT | 450 mailbox unavailable                                 | UNREACHABLE        | ADDRESS | PT5M
            RCPT | 451 local error in processing                           | VENDOR_INTERNAL    | MESSAGE | PT5M
            RCPT | 452 4.2.2 mailbox full                                  | MAILBOX_FULL       | ADDRESS | PT1H
            RCPT | 452 4.5.3 too many recipients                           | THROTTLED          | MESSAGE | PT1M
            RCPT | 452 insufficient system storage                         | VENDOR_INTERNAL    | CHANNEL | PT5M
            RCPT | 550 5.4.5 daily user sending limit exceeded             | QUOTA              | CHANNEL | PT1H
            RCPT | 451 4.4.3 name server failure                           | UNREACHABLE        | ADDRESS | PT5M
            DATA | 451 4.3.0 temporary failure                             | VENDOR_INTERNAL    | CHANNEL | PT5M
            .    | 451 4.3.0 queue file write error                        | VENDOR_INTERNAL    | CHANNEL | PT5M
            .    | 421 4.7.28 unusual rate of mail                         | THROTTLED          | CHANNEL | PT1M
            .    | 450 too fast, wait 30 s                                 | VENDOR_INTERNAL    | MESSAGE | PT30S
            .    | 452 out of space                                        | VENDOR_INTERNAL    | CHANNEL | PT5M
            """)
    void takesA4xxAsNotSent(String command, String reply, FailureCause cause, Scope scope, Duration pause) {
        assertThat(answered(command, reply)).isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
            assertThat(notSent.cause()).isEqualTo(cause);
            assertThat(notSent.scope()).isEqualTo(scope);
            assertThat(notSent.retryAfter()).isEqualTo(pause);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            250 2.0.0 Ok: queued as 4F2A1                              | 4F2A1
            250 OK id=1r5aBc-0001Xy-2Z                                 | 1r5aBc-0001Xy-2Z
            250 2.0.0 sALM8hQ4012345 Message accepted for delivery     | sALM8hQ4012345
            250 Ok 0100018c1a2b3c4d-5e6f-000000                        | 0100018c1a2b3c4d-5e6f-000000
            250 Ok                                                     | ''
            250 thank you                                              | ''
            251 will forward                                           | ''
            """)
    void remembersTheServersNameForAMail(String reply, String reference) {
        assertThat(answered(".", reply))
                .isEqualTo(new SendResult.Accepted(reference.isEmpty() ? List.of() : List.of(reference), null));
    }

    @ParameterizedTest
    @CsvSource({"354 go on then", "199 hm", "what?"})
    void doesNotKnowWhatAStrangeAnswerToTheWholeMessageMeans(String reply) {
        assertThat(answered(".", reply)).isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    void readsAnAnswerOfSeveralLines() {
        assertThat(answered("RCPT", "550-5.1.1 The account does not exist.\r\n550-5.1.1 Check it,\r\n550 5.1.1 please"))
                .isEqualTo(new SendResult.Rejected(
                        FailureCause.BAD_ADDRESS,
                        Scope.ADDRESS,
                        "550 5.1.1 The account does not exist. Check it, please"));
    }

    @Test
    void leavesAddressesAndNamesOutOfTheDetail() {
        assertThat(
                        answered(
                                "RCPT",
                                "550 5.1.1 <mai@example.com>: Mai, alias=MAI@EXAMPLE.COM, is unknown; mail postmaster@example.com"))
                .isEqualTo(new SendResult.Rejected(
                        FailureCause.BAD_ADDRESS,
                        Scope.ADDRESS,
                        "550 5.1.1 <(address)>: (name), (address), is unknown; mail (address)"));
    }

    @Test
    void boundsTheDetail() {
        assertThat(answered("RCPT", "550 5.1.1 " + "very ".repeat(1_000)))
                .isInstanceOfSatisfying(SendResult.Rejected.class, rejected -> assertThat(rejected.detail())
                        .hasSizeLessThan(220));
    }

    private static SendResult answered(String command, String reply) {
        try (var server = new ScriptedServer().answer(command, reply);
                var smtp = server.client()) {
            return send(smtp, letter());
        }
    }
}

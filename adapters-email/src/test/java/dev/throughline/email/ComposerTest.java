// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static dev.throughline.email.Letters.letter;
import static dev.throughline.email.Letters.saying;
import static dev.throughline.email.Letters.send;
import static dev.throughline.email.Letters.to;
import static dev.throughline.email.Letters.unsubscribable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ComposerTest {

    private static final String ID = letter().id().value();

    @Test
    void writesBothAlternativesInUnicode() throws Exception {
        Received mail = deliver(letter(), smtp -> smtp);

        assertThat(mail.to()).isEqualTo("mai@example.com");
        assertThat(mail.from()).isEqualTo("news@shop.example");
        assertThat(mail.subject()).isEqualTo("Mai ơi, giỏ hàng của bạn vẫn còn đây");
        assertThat(mail.mime().getFrom()[0].toString()).contains("=?UTF-8?").endsWith("<news@shop.example>");
        assertThat(mail.part(0)).isEqualTo("Bộ trà của bạn (https://shop.example/b/7)");
        assertThat(mail.part(1)).isEqualTo("<p>Bộ trà <a href=\"https://shop.example/b/7\">của bạn</a></p>");
        assertThat(mail.header("Content-Type")).startsWith("multipart/alternative");
    }

    @Test
    void namesTheMailAfterTheMessageAndDatesItByItsClock() {
        Received mail = deliver(letter(), smtp -> smtp.messageIdDomain("mail.shop.example"));

        assertThat(mail.header("Message-ID")).isEqualTo("<" + ID + "@mail.shop.example>");
        assertThat(mail.header("Date")).isEqualTo("Mon, 23 Nov 2026 03:04:05 +0000");
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
    }

    @Test
    void writesTheSameBytesForTheSameMessage() {
        Received first = deliver(letter(), smtp -> smtp);
        Received second = deliver(letter(), smtp -> smtp);

        assertThat(first.own()).startsWith("Date: ").isEqualTo(second.own());
    }

    @Test
    void offersToUnsubscribeWithOneClick() {
        Received mail = deliver(
                unsubscribable("https://shop.example/u/7?t=a,b"),
                smtp -> smtp.unsubscribeAddress("unsubscribe@shop.example").listId("news.shop.example"));

        assertThat(mail.header("List-Unsubscribe").replaceAll("\\s+", " "))
                .isEqualTo("<https://shop.example/u/7?t=a,b>, <mailto:unsubscribe@shop.example?subject=unsubscribe%20"
                        + ID + ">");
        assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(mail.header("List-Id")).isEqualTo("<news.shop.example>");
    }

    @Test
    void offersNothingToUnsubscribeFromUnlessTold() {
        Received mail = deliver(letter(), smtp -> smtp.unsubscribeAddress("unsubscribe@shop.example"));

        assertThat(mail.header("List-Unsubscribe")).isNull();
        assertThat(mail.header("List-Unsubscribe-Post")).isNull();
    }

    @Test
    void givesEachMessageABounceAddressOfItsOwn() {
        Received mail = deliver(
                letter(), smtp -> smtp.bounceAddress("bounce@mail.shop.example").feedbackId("shop"));

        assertThat(mail.from()).isEqualTo("bounce+" + ID + "@mail.shop.example");
        assertThat(mail.header("Feedback-ID")).isEqualTo("MARKETING:shop");
    }

    @Test
    void asksForADomainInAsciiLetters() {
        Received mail = deliver(to(Address.email("mai@bücher.example")), smtp -> smtp);

        assertThat(mail.to()).isEqualTo("mai@xn--bcher-kva.example");
    }

    @Test
    void sendsATextAloneAndAnHtmlWithoutWordsAlone() {
        assertThat(deliver(saying(new EmailContent("Hi", "", "Xin chào")), smtp -> smtp)
                        .header("Content-Type"))
                .startsWith("text/plain");
        assertThat(deliver(saying(new EmailContent("Hi", "<img src=\"https://a.example/a.png\">", "")), smtp -> smtp)
                        .header("Content-Type"))
                .startsWith("text/html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x\r\n.\r\nMAIL FROM:<evil@example.com>\r\n", "x\n.\nQUIT\n", "x\r.\rQUIT\r", ".\r\n..\r\n."})
    void cannotBeMadeToEndAMailInItsMiddle(String text) {
        try (var server = new MailServer();
                var smtp = server.client()) {
            SendResult result = send(smtp, saying(new EmailContent("Hi", "", text)));
            send(smtp, letter());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.received).hasSize(2);
            assertThat(server.received.get(0).raw().strip())
                    .endsWith(text.replaceAll("\r\n?|\n", "\r\n").strip());
        }
    }

    @Test
    void keepsLinesShort() {
        String long7Bit = "word ".repeat(2_000);
        Received mail =
                deliver(saying(new EmailContent("words ".repeat(400), "<p>" + long7Bit, long7Bit)), smtp -> smtp);

        assertThat(mail.raw().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
        assertThat(mail.part(0)).isEqualTo(long7Bit);
        assertThat(mail.subject()).isEqualTo("words ".repeat(400).strip());
    }

    @Test
    void refusesASubjectThatCannotBeFolded() {
        assertRefused(
                saying(new EmailContent("s".repeat(2_000), "<p>x", "")),
                new SendResult.Rejected(
                        FailureCause.CONTENT_REFUSED,
                        Scope.MESSAGE,
                        "the mail has a line of more than 998 octets (RFC 5322)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: all@example.com", "a\nb", "a\rb", "a\u0000b", "a\u0085b", "a\tb"})
    void refusesASubjectThatIsMoreThanALine(String subject) {
        assertRefused(
                saying(new EmailContent(subject, "<p>x", "")),
                new SendResult.Rejected(
                        FailureCause.CONTENT_REFUSED,
                        Scope.MESSAGE,
                        "the subject holds a line break or another control character: expected one line"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mai@example.com\r\nRCPT TO:<all@example.com>",
                "mai@example.com\nBcc: all@example.com",
                "mai@example.com\u0000",
                "mai\r@example.com"
            })
    void refusesARecipientWithALineBreak(String address) {
        assertRefused(
                to(new Address("email", address)),
                new SendResult.Rejected(
                        FailureCause.BAD_ADDRESS,
                        Scope.ADDRESS,
                        "the recipient holds a line break or another control character"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mai",
                "@example.com",
                "mai@",
                "mai@example.com,all@example.com",
                "mai@example.com> SIZE=1",
                "mai@example.com>, <all@example.com",
                "a@b@example.com",
                "mai all@example.com",
                "Everybody: all@example.com;",
                "(c)mai@example.com"
            })
    void refusesARecipientThatIsNotOneAddress(String address) {
        assertRefused(
                to(new Address("email", address)),
                new SendResult.Rejected(
                        FailureCause.BAD_ADDRESS, Scope.ADDRESS, "the recipient is not a mail address"));
    }

    @Test
    void refusesAPhoneNumberAndASenderWithoutAddress() {
        assertRefused(
                to(Address.phone("+84 900 000 001")),
                new SendResult.Rejected(
                        FailureCause.BAD_ADDRESS,
                        Scope.ADDRESS,
                        "the recipient is an address of kind phone: expected email"));
        assertRefused(
                Letters.from("SHOP"),
                new SendResult.Rejected(
                        FailureCause.SENDER_NOT_ALLOWED,
                        Scope.SENDER,
                        "the sender is not a mail address: expected one such as Shop <news@shop.example>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example/u",
                "https://shop.example/u\r\nBcc: all@example.com",
                "https://shop.example/>, <mailto:x@example.com",
                "https://shop.example/ơ",
                "https:opaque",
                "mailto:x@example.com",
                ""
            })
    void refusesAnUnsubscribeAddressThatIsNotHttps(String url) {
        assertRefused(
                unsubscribable(url),
                new SendResult.Rejected(
                        FailureCause.CONTENT_REFUSED,
                        Scope.MESSAGE,
                        "the unsubscribe address is unfit for one-click: expected an https URL in ASCII of at most 900"
                                + " characters (RFC 8058)"));
    }

    @Test
    void refusesOtherKindsOfContent() {
        assertRefused(
                saying(new TextContent("Hi")),
                new SendResult.Rejected(
                        FailureCause.NOT_CAPABLE,
                        Scope.MESSAGE,
                        "TextContent cannot go by mail: expected EmailContent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop, Tea & Co. <news@shop.example>", "\"Shop, Tea & Co.\" <news@shop.example>"})
    void quotesAName(String sender) throws Exception {
        Received mail = deliver(Letters.from(sender), smtp -> smtp);

        assertThat(mail.header("From")).isEqualTo("\"Shop, Tea & Co.\" <news@shop.example>");
        assertThat(mail.mime().getFrom()).hasSize(1);
    }

    @Test
    void sendsAnAddressOutsideAsciiOnlyToAServerThatTakesIt() {
        Outbound message = to(Address.email("mái@example.com"));
        try (var modern = new ScriptedServer().extension("SMTPUTF8");
                var old = new ScriptedServer();
                var toModern = modern.client();
                var toOld = old.client()) {
            SendResult taken = send(toModern, message);
            send(toModern, letter(2));
            SendResult refused = send(toOld, message);

            assertThat(taken).isInstanceOf(SendResult.Accepted.class);
            assertThat(modern.commands)
                    .contains(
                            "MAIL FROM:<news@shop.example> SMTPUTF8",
                            "RCPT TO:<mái@example.com>",
                            "MAIL FROM:<news@shop.example>");
            assertThat(modern.messages.get(0)).contains("To: mái@example.com\r\n");
            assertThat(refused)
                    .isEqualTo(new SendResult.Rejected(
                            FailureCause.NOT_CAPABLE,
                            Scope.ADDRESS,
                            "the address has letters outside ASCII before the @, and the server has no SMTPUTF8 (RFC"
                                    + " 6531)"));
            assertThat(old.messages).isEmpty();
        }
    }

    @Test
    void tellsTheServerHowLargeTheMailIs() {
        try (var server = new ScriptedServer().extension("SIZE 1000");
                var smtp = server.client()) {
            send(smtp, letter());

            int octets = server.messages.get(0).length();
            assertThat(server.commands).contains("MAIL FROM:<news@shop.example> SIZE=" + octets);
        }
    }

    private static void assertRefused(Outbound message, SendResult expected) {
        try (var server = new ScriptedServer();
                var smtp = server.client()) {
            assertThat(send(smtp, message)).isEqualTo(expected);
            assertThat(server.connections).hasValue(0);
        }
    }

    private static Received deliver(Outbound message, UnaryOperator<SmtpEmail> settings) {
        try (var server = new MailServer();
                var smtp = settings.apply(server.client().clock(InstantSource.fixed(Letters.NOW)))) {
            assertThat(send(smtp, message)).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.received).hasSize(1);
            return List.copyOf(server.received).get(0);
        }
    }
}

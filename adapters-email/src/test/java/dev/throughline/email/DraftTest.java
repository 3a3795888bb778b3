// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.TemplateContent;
import dev.throughline.identity.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DraftTest {

    private final ChannelAdapter smtp = SmtpEmail.at("mail.shop.example", 587);

    @Test
    void addsTheTextThatIsMissing() {
        var written = new EmailContent("Hi", "<p>Tea <b>set</b></p>", "");

        assertThat(smtp.prepare(written))
                .isEqualTo(Preparation.asIs(new EmailContent("Hi", "<p>Tea <b>set</b></p>", "Tea set")));
    }

    @Test
    void leavesTheTextThatIsThere() {
        var written = new EmailContent("Hi", "<p>Tea set</p>", "Our tea set");

        assertThat(smtp.prepare(written)).isEqualTo(Preparation.asIs(written));
    }

    @Test
    void saysThePriceThatItWasGiven() {
        var written = new EmailContent("Hi", "<p>Tea set</p>", "Our tea set");
        var priced = SmtpEmail.at("mail.shop.example", 587).price(Money.of("0.1", "USD"));

        assertThat(priced.named("email-orders").prepare(written).cost()).isEqualTo(Money.of("0.1", "USD"));
    }

    @Test
    void warnsOfWhatAReaderWithoutPicturesMisses() {
        var written = new EmailContent("", "<img src='a.png'><img src='b.png'><img src='c.png' alt=''>", "");

        assertThat(smtp.prepare(written))
                .isEqualTo(new Preparation(
                        written,
                        1,
                        null,
                        List.of(
                                "the subject is empty",
                                "without its pictures the mail says nothing",
                                "2 pictures have no alt text"),
                        null));
    }

    @Test
    void refusesWhatCannotBeAMail() {
        var template = new TemplateContent("order-news", "vi", Map.of());
        assertThat(smtp.prepare(template))
                .isEqualTo(Preparation.refused(template, "TemplateContent cannot go by mail: expected EmailContent"));
        var injected = new EmailContent("Hi\r\nBcc: all@example.com", "<p>x", "");
        assertThat(smtp.prepare(injected))
                .isEqualTo(Preparation.refused(
                        injected, "the subject holds a line break or another control character: expected one line"));
        var empty = new EmailContent("Hi", " ", "\n");
        assertThat(smtp.prepare(empty))
                .isEqualTo(Preparation.refused(empty, "the mail is empty: expected HTML or text"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import static dev.throughline.Words.mail;
import static dev.throughline.Words.template;
import static dev.throughline.Words.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private final Message news = Message.marketing("news", Brand.named("Shop"));

    @Test
    void refusesANameThatIsNotOneLine() {
        assertThatThrownBy(() -> Message.marketing("tea\0", Brand.named("Shop")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message name 'tea?' of brand Shop: expected one line of text");
    }

    @Test
    void refusesATextByMail() {
        assertThatThrownBy(() -> news.on(Channel.EMAIL, text("Hi")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "message 'news' on email: text(..), expected mail(subject, html) or template(id, parameters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms", "call", "zalo", "push"})
    void refusesAMailWhereTextsAreCarried(String channel) {
        assertThatThrownBy(() -> news.on(Channel.named(channel), mail("Hi", "<p>Hi</p>")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'news' on " + channel
                        + ": mail(subject, html), expected text(..) or template(id, parameters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "sms", "zalo", "fax"})
    void takesAProvidersTemplateOnEveryChannel(String channel) {
        var message = news.on(Channel.named(channel), template("t-1", Map.of("name", "{{ customer.firstName }}")));

        assertThat(message.variables()).containsExactly("customer.firstName");
    }

    @Test
    void leavesAChannelOfTheHostsOwnToItsAdapter() {
        var fax = Channel.named("fax");

        assertThat(news.on(fax, mail("Hi", "<p>Hi</p>")).on(fax, text("Hi")).channels())
                .containsExactly(fax);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ custmer.firstName }}",
                "{{ custmer.firstName | default('') }}",
                "{% if custmer.firstName is defined %}Hi{% endif %}",
                "{% for item in event.items %}{{ item }} {{ custmer.firstName }}{% endfor %}"
            })
    void refusesAPlaceholderThatNothingFillsIn(String wording) {
        assertThatThrownBy(() -> news.on(Channel.SMS, text(wording)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "message 'news' on sms: placeholder custmer.firstName begins with 'custmer', expected customer"
                                + " (a trait of hers), event (a property of the event that started the journey), basket,"
                                + " order, brand, call (what a function of the host has answered), product (of the host's"
                                + " catalogue) or links");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{ basket.sum }}", "{% for item in basket.lines %}{{ item.name }}{% endfor %}", "{{ basket }}"})
    void refusesWhatABasketDoesNotHave(String wording) {
        assertThatThrownBy(() -> news.on(Channel.SMS, text(wording)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageEndingWith(", expected basket. and one of [items, quantity, total]");
    }

    @Test
    void knowsWhetherItSpeaksOfBasketOrOrder() {
        assertThat(news.on(Channel.SMS, text("{{ order.id }}")).usesCommerce()).isTrue();
        assertThat(news.on(Channel.SMS, text("{{ basket.items[0].name }}")).usesCommerce())
                .isTrue();
        assertThat(news.on(Channel.SMS, text("{{ event.order.id }}")).usesCommerce())
                .isFalse();
    }

    @Test
    void refusesAPlaceholderInEachPartOfAWording() {
        assertThatThrownBy(() -> news.on(Channel.EMAIL, mail("{{ subject }}", "<p>Hi</p>")))
                .hasMessageStartingWith("message 'news' on email: placeholder subject begins with 'subject', expected");
        assertThatThrownBy(() -> news.on(Channel.ZALO, template("t-1", Map.of("name", "{{ name }}"))))
                .hasMessageStartingWith("message 'news' on zalo: placeholder name begins with 'name', expected");
    }

    @Test
    void takesNamesThatTheTemplateMakesItself() {
        var message = news.on(
                Channel.SMS,
                text("{% set n = event.product %}{% for item in event.items %}{{ item }} {{ n }}{% endfor %}"));

        assertThat(message.variables()).containsExactly("event.items", "event.product");
    }

    @Test
    void hashTellsMessagesApartThatReadAlike() {
        var tea = Message.marketing("tea", Brand.named("Shop"));

        assertThat(tea.on(Channel.EMAIL, mail("A, html=B", "C")).hash())
                .isNotEqualTo(tea.on(Channel.EMAIL, mail("A", "B, html=C")).hash());
        assertThat(tea.drawsOn("a, b").hash())
                .isNotEqualTo(tea.drawsOn("a").drawsOn("b").hash());
    }
}

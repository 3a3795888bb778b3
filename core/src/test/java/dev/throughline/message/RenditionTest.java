// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static dev.throughline.identity.Channel.ZALO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.ThroughlineException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One idea, worded for each channel. */
class RenditionTest {

    private static final Brand SHOP = Brand.named("Shop");
    private static final Map<String, ?> MODEL =
            Map.of("customer", Map.of("name", "Mai & Lan"), "event", Map.of("product", "Tea <set>"));

    private final Message message = Message.marketing("reminder", SHOP)
            .on(EMAIL, new Draft.Mail("{{ customer.name }}", "<p>{{ event.product }}</p>", "{{ event.product }}"))
            .on(SMS, new Draft.Text("{{ customer.name }}: {{ event.product }}"))
            .on(ZALO, new Draft.Template("otp", Map.of("what", "{{ event.product }}", "who", "{{ customer.name }}")));

    @Test
    void isFilledInForEachChannelInItsOwnForm() {
        assertThat(render(EMAIL))
                .isEqualTo(new Rendition.Ready(new EmailContent("Mai & Lan", "<p>Tea &lt;set&gt;</p>", "Tea <set>")));
        assertThat(render(SMS)).isEqualTo(new Rendition.Ready(new TextContent("Mai & Lan: Tea <set>")));
        assertThat(render(ZALO))
                .isEqualTo(new Rendition.Ready(
                        new TemplateContent("otp", "vi", Map.of("what", "Tea <set>", "who", "Mai & Lan"))));
    }

    @Test
    void variableThatIsMissingIsNamedWithItsPlaceAndNoValue() {
        Map<String, ?> model = Map.of("customer", Map.of("name", "Mai"), "event", Map.of("url", "https://shop"));

        assertThat(message.render(SMS, model, Locale.ROOT, zone()))
                .isEqualTo(new Rendition.Failed("template \"reminder/sms\", line 1: event.product is missing,"
                        + " expected it in the model or a filter such as default(\"..\") behind it"));
    }

    @Test
    void lenientMessageLeavesOutWhatIsMissing() {
        var text = "Hi {{ customer.nick }}{{ event.total | number }}{{ gone.customer | default('') }}!";
        var lenient = Message.marketing("reminder", SHOP)
                .on(SMS, new Draft.Text(text.replace("gone.customer", "event.gone.deep")))
                .lenient();

        assertThat(lenient.render(SMS, Map.of("customer", Map.of()), Locale.ROOT, zone()))
                .isEqualTo(new Rendition.Ready(new TextContent("Hi !")));
        assertThat(lenient.hash())
                .isNotEqualTo(Message.marketing("reminder", SHOP)
                        .on(SMS, new Draft.Text(text.replace("gone.customer", "event.gone.deep")))
                        .hash());
    }

    @Test
    void templateMaySayThatThereIsNothingToSay() {
        var quiet = message.on(SMS, new Draft.Text("{% abort \"sold out\" %}"));

        assertThat(quiet.render(SMS, MODEL, Locale.ROOT, zone())).isEqualTo(new Rendition.Aborted("sold out"));
    }

    @Test
    void channelWithoutAWordingFails() {
        assertThat(render(Channel.PUSH))
                .isEqualTo(new Rendition.Failed(
                        "message 'reminder' has no wording for push, only for [email, sms, zalo]"));
    }

    @Test
    void isWordedInTheLanguageThatIsNearestToHers() {
        var greeting = Message.marketing("greeting", SHOP.language("de"))
                .on(SMS, new Draft.Text("{{ event.total | number(1) }} in all"))
                .on(SMS, "vi", new Draft.Text("tong {{ event.total | number(1) }}"))
                .on(SMS, "pt-br", new Draft.Text("total {{ event.total | number(1) }}"))
                .on(SMS, "de", new Draft.Text("zusammen {{ event.total | number(1) }}"));

        assertThat(told(greeting, "vi-VN")).isEqualTo("tong 1.234,5 (vi)");
        assertThat(told(greeting, "pt-BR")).isEqualTo("total 1.234,5 (pt-BR)");
        assertThat(told(greeting, "de-CH")).isEqualTo("zusammen 1’234.5 (de)");
        assertThat(told(greeting, "pt")).as("the brand's").isEqualTo("zusammen 1.234,5 (de)");
        assertThat(greeting.languages(SMS)).containsExactly("de", "pt-BR", "vi");
    }

    @Test
    void wordingForEverybodyIsInTheBrandsLocaleWhereOthersHaveTheirOwn() {
        var greeting = Message.marketing("greeting", SHOP)
                .on(SMS, new Draft.Text("{{ event.total | number(1) }} in all"))
                .on(SMS, "vi", new Draft.Text("tong {{ event.total | number(1) }}"));

        assertThat(told(greeting, "fr")).isEqualTo("1,234.5 in all ()");
    }

    private static String told(Message message, String language) {
        var locale = Locale.forLanguageTag(language);
        var model = Map.of("event", Map.of("total", 1234.5));
        var ready = (Rendition.Ready) message.render(SMS, model, locale, ZoneId.of("UTC"));
        return ((TextContent) ready.content()).text() + " (" + message.language(SMS, locale) + ")";
    }

    @Test
    void refusesALanguageThatIsNoneAndOneWithoutAWordingForEverybody() {
        var text = new Draft.Text("x");

        assertThatThrownBy(() -> message.on(SMS, "viet namese", text))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'reminder' on sms in 'viet namese': expected a BCP 47 tag such as vi");
        assertThatThrownBy(() -> message.on(Channel.PUSH, "vi", text))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'reminder' on push in 'vi': expected a wording for everybody first,"
                        + " with on(channel, draft)");
        assertThatThrownBy(() -> message.on(SMS, "vi", new Draft.Text("{{ custmer.name }}")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("message 'reminder' on sms: placeholder custmer.name begins with 'custmer'");
    }

    @Test
    void languagesChangeTheHashAndNothingElseDoes() {
        var vietnamese = message.on(SMS, "vi", new Draft.Text("x"));

        assertThat(vietnamese.hash())
                .isNotEqualTo(message.hash())
                .isNotEqualTo(message.on(SMS, "vi", new Draft.Text("y")).hash())
                .isNotEqualTo(message.on(SMS, "en", new Draft.Text("x")).hash())
                .isEqualTo(message.on(SMS, "vi", new Draft.Text("x")).hash());
    }

    @Test
    void faultOfATemplateIsFoundWhenItIsGiven() {
        assertThatThrownBy(() -> message.on(SMS, new Draft.Text("{{ customer.name")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("template \"reminder/sms\", line 1: {{ is never closed, expected }}");
    }

    @Test
    void namesWhatItsWordingsFillIn() {
        assertThat(message.variables()).containsExactly("customer.name", "event.product");
        assertThat(message.channels()).containsExactly(EMAIL, SMS, ZALO);
    }

    @Test
    void laterWordingTakesThePlaceOfAnEarlierOne() {
        var other = message.on(SMS, new Draft.Text("x"));

        assertThat(other.render(SMS, MODEL, Locale.ROOT, zone())).isEqualTo(new Rendition.Ready(new TextContent("x")));
        assertThat(render(SMS)).isNotEqualTo(new Rendition.Ready(new TextContent("x")));
    }

    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void advertisingIsValidForADayAndEverythingElseForThree(MessageClass messageClass) {
        int hours = messageClass == MessageClass.MARKETING ? 24 : 72;

        assertThat(Message.of("m", messageClass, SHOP).validity()).isEqualTo(Duration.ofHours(hours));
    }

    @ParameterizedTest
    @EnumSource(MessageClass.class)
    void codesAreSentAgainAndAdvertisingNever(MessageClass messageClass) {
        var plain = Message.of("m", messageClass, SHOP);

        assertThat(plain.resentWhenUnknown()).isEqualTo(messageClass == MessageClass.ONE_TIME_CODE);
        if (messageClass == MessageClass.MARKETING || messageClass == MessageClass.CONSENT_REQUEST) {
            assertThatThrownBy(plain::resendWhenUnknown)
                    .isInstanceOf(ThroughlineException.class)
                    .hasMessage("message 'm' of class " + messageClass
                            + " cannot be sent again when its outcome is unknown: expected another class");
        } else {
            assertThat(plain.resendWhenUnknown().resentWhenUnknown()).isTrue();
        }
    }

    @Test
    void drawsOnEachPoolOnce() {
        assertThat(message.drawsOn("offers").drawsOn("budget").drawsOn("offers").pools())
                .isEqualTo(List.of("offers", "budget"));
    }

    @Test
    void hashChangesWithEverythingThatIsSaidAndHow() {
        assertThat(Stream.of(
                                message,
                                message.on(SMS, new Draft.Text("x")),
                                message.on(EMAIL, new Draft.Mail("x", "<p>x</p>", "")),
                                message.on(ZALO, new Draft.Template("other", Map.of())),
                                message.validFor(Duration.ofHours(1)),
                                message.drawsOn("offers"),
                                Message.transactional("reminder", SHOP),
                                Message.transactional("reminder", SHOP).resendWhenUnknown(),
                                Message.transactional("reminder", Brand.named("Other")))
                        .map(Message::hash))
                .doesNotHaveDuplicates();
        assertThat(message.on(SMS, new Draft.Text("x")).hash())
                .isEqualTo(message.on(SMS, new Draft.Text("x")).hash());
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThatThrownBy(() -> Message.marketing(" ", SHOP))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message name ' ' of brand Shop: expected one line of text");
        assertThatThrownBy(() -> message.validFor(Duration.ZERO))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'reminder': validity PT0S, expected more than none and at most PT876000H");
        assertThatThrownBy(() -> message.validFor(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'reminder': validity PT2562047788015215H30M7S,"
                        + " expected more than none and at most PT876000H");
    }

    private Rendition render(Channel channel) {
        return message.render(channel, MODEL, Locale.forLanguageTag("vi"), zone());
    }

    private static ZoneId zone() {
        return ZoneId.of("Asia/Ho_Chi_Minh");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message;

import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.EmailContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Kit;
import dev.throughline.identity.Layout;
import dev.throughline.identity.ThroughlineException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final String PAGE = "<html lang=\"{{ language }}\"><body style=\"color: {{ brand.colour }}\">"
            + "<img src=\"{{ brand.logo }}\" alt=\"{{ brand.name }}\">{{ content }}"
            + "{% for line in brand.lines %}<p>{{ line }}</p>{% endfor %}</body></html>";

    private final Brand shop = Brand.named("Tea & Co")
            .kit(Kit.of("#0a5c36").logo("https://shop.example/l.png").line("1 <Main> St"))
            .layout(Layout.html("standard", PAGE).text("{{ content }}\n-- {{ brand.name }}"))
            .layout(Layout.html("bare", "{{ subject }}: {{ content }}"));
    private final Message reminder = Message.marketing("reminder", shop)
            .on(EMAIL, new Draft.Mail("For {{ customer.name }}", "<b>{{ customer.name }}</b>", ""));

    @Test
    void standsAroundAMailWithTheLookOfItsBrand() {
        assertThat(mail(reminder).html())
                .isEqualTo("<html lang=\"vi\"><body style=\"color: #0a5c36\">"
                        + "<img src=\"https://shop.example/l.png\" alt=\"Tea &amp; Co\"><b>Mai &lt;3</b>"
                        + "<p>1 &lt;Main&gt; St</p></body></html>");
        assertThat(mail(reminder).text()).as("made from the HTML").isEmpty();
    }

    @Test
    void standsAroundAPlainTextOfItsOwnToo() {
        var worded = reminder.on(EMAIL, new Draft.Mail("Hi", "<p>Hi</p>", "Hi {{ customer.name }}"));

        assertThat(mail(worded).text()).isEqualTo("Hi Mai <3\n-- Tea & Co");
    }

    @Test
    void isTheOneThatTheMessageNamesOrTheUsualOneOrNone() {
        assertThat(mail(reminder.layout("bare")).html()).isEqualTo("For Mai &lt;3: <b>Mai &lt;3</b>");
        assertThat(mail(reminder.withoutLayout()).html()).isEqualTo("<b>Mai &lt;3</b>");
        assertThatThrownBy(() -> reminder.layout("festive"))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "message 'reminder': layout 'festive', expected none or one of brand 'Tea & Co': [bare, standard]");
    }

    @Test
    void textsHaveNoLayoutButMayUseTheLook() {
        var text = reminder.on(SMS, new Draft.Text("{{ brand.name }}: {{ brand.lines | first }}"));

        assertThat(text.render(SMS, Map.of(), Locale.ROOT, ZoneId.of("UTC")))
                .isEqualTo(new Rendition.Ready(new TextContent("Tea & Co: 1 <Main> St")));
        assertThatThrownBy(() -> reminder.on(SMS, new Draft.Text("{{ brand.color }}")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("message 'reminder' on sms: placeholder brand.color, expected brand. and one of"
                        + " [address, colour, colours, font, lines, logo, name]");
    }

    @Test
    void changesTheHashOfWhatItStandsAround() {
        var other = Message.marketing("reminder", shop.layout(Layout.html("standard", "<p>{{ content }}</p>")))
                .on(EMAIL, new Draft.Mail("For {{ customer.name }}", "<b>{{ customer.name }}</b>", ""));

        assertThat(other.hash()).isNotEqualTo(reminder.hash());
        assertThat(reminder.withoutLayout().hash()).isNotEqualTo(reminder.hash());
    }

    @Test
    void refusesAPageWithinAPage() {
        assertThatThrownBy(() ->
                        reminder.on(EMAIL, new Draft.Mail("Hi", "<!DOCTYPE html><html><body>Hi</body></html>", "")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "message 'reminder': its html has <!DOCTYPE> and would be put into layout 'standard' of brand"
                                + " 'Tea & Co', expected what stands in its body, or withoutLayout()");
    }

    @Test
    void refusesALayoutThatCouldLoseWhatItStandsAround() {
        refuses("<p>no content</p>", "{{ content }} stands there 0 times, expected once");
        refuses("{{ content }}{{ content }}", "{{ content }} stands there 2 times, expected once");
        refuses(
                "{% if customer.vip is defined %}{{ content }}{% endif %}",
                ", line 1: {{ content }} stands in a condition or a loop, expected it outside");
        refuses(
                "{% for line in brand.lines %}{{ content }}{% endfor %}",
                ", line 1: {{ content }} stands in a condition or a loop, expected it outside");
        refuses(
                "<!-- {{ content }} -->",
                ", line 1: {{ content }} stands in a tag or a comment, expected it between tags");
        refuses(
                "<p title=\"{{ content }}\"></p>",
                ", line 1: {{ content }} stands in a tag or a comment, expected it between tags");
        refuses("{{ content }}<!-- and so on", ": the template ends in a tag or a comment, expected it between tags");
    }

    private static void refuses(String html, String fault) {
        var brand = Brand.named("Shop").layout(Layout.html("odd", html));
        assertThatThrownBy(() -> Message.laidOut(brand))
                .as(html)
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("template \"layout 'odd' of brand 'Shop'\"")
                .hasMessageEndingWith(fault);
    }

    @Test
    void refusesPlaceholdersThatNobodyFillsIn() {
        assertThatThrownBy(() ->
                        Message.laidOut(Brand.named("Shop").layout(Layout.html("odd", "{{ content }}{{ event.x }}"))))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage(
                        "layout 'odd' of brand 'Shop': placeholder event.x, expected content, customer (a trait of hers),"
                                + " subject, language or brand. and one of [address, colour, colours, font, lines, logo, name]");
    }

    @Test
    void contentOfACustomerIsNotTakenForALayoutsOwn() {
        var tricky = Map.of("customer", Map.of("name", "{{ content }}</body>"));
        var ready = (Rendition.Ready) reminder.render(EMAIL, tricky, Locale.forLanguageTag("vi"), ZoneId.of("UTC"));

        assertThat(((EmailContent) ready.content()).html()).contains("<b>{{ content }}&lt;/body&gt;</b>");
    }

    private static EmailContent mail(Message message) {
        var model = Map.of("customer", Map.of("name", "Mai <3"));
        var ready = (Rendition.Ready) message.render(EMAIL, model, Locale.forLanguageTag("vi"), ZoneId.of("UTC"));
        return (EmailContent) ready.content();
    }
}

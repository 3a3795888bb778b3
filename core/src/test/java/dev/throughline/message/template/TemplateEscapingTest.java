// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static dev.throughline.message.template.Renders.error;
import static dev.throughline.message.template.Renders.html;
import static dev.throughline.message.template.Renders.render;
import static dev.throughline.message.template.Renders.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateEscapingTest {
    private static final String HOSTILE = "<b title=\"x\" id='y'>&amp;</b>";

    @Test
    void escapesValuesInHtmlAndNothingElse() {
        var model = Map.of("v", HOSTILE);
        String escaped = "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/b&gt;";

        assertThat(html("<p>{{ v }}</p><!-- {{ v }} -->", model))
                .isEqualTo("<p>" + escaped + "</p><!-- " + escaped + " -->");
        assertThat(html("<p title=\"{{ v }}\" id='{{ v }}'>", model))
                .isEqualTo("<p title=\"" + escaped + "\" id='" + escaped + "'>");
        assertThat(text("{{ v }}", model)).isEqualTo(HOSTILE);
        assertThat(render(ContentType.SUBJECT, "{{ v }}", model)).isEqualTo(new Rendered.Done(HOSTILE));
    }

    @Test
    void escapesOnceWhateverTheTemplateDoesToAValue() {
        var model = Map.of("v", "a<b", "list", List.of("<", ">"));

        assertThat(html("{{ v | escape }} {{ v | escape(\"html\") }} {{ \"<i>\" ~ v }}", model))
                .isEqualTo("a&lt;b a&lt;b &lt;i&gt;a&lt;b");
        assertThat(html("{{ v | upper }}{{ true ? v : v }}{{ list | join(\"&\") }}{{ n | default(v) }}", model))
                .isEqualTo("A&lt;Ba&lt;b&lt;&amp;&gt;a&lt;b");
        assertThat(html("{% set s = v %}{{ s }}{% for e in list %}{{ e }}{% endfor %}", model))
                .isEqualTo("a&lt;b&lt;&gt;");
    }

    @Test
    void encodesParametersOfAddresses() {
        var model = Map.of("v", "a&b='c\" d/é%");

        assertThat(html("<a href=\"https://shop.example/?q={{ v | escape('url_param') }}\"></a>", model))
                .isEqualTo("<a href=\"https://shop.example/?q=a%26b%3D%27c%22%20d%2F%C3%A9%25\"></a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                " java\tscript\n:alert(1)",
                "\u0001javascript:alert(1)",
                "data:text/html,<script>",
                "vbscript:x",
                "file:///etc/passwd",
                ":x",
                "\u00a0javascript:x"
            })
    void refusesAddressesWhoseSchemeComesFromTheModel(String address) {
        String expected = "template \"test\", line 1: an address begins with a scheme from the model, "
                + "expected one of [cid, http, https, mailto, sms, tel]";
        var model = Map.of("v", address);

        assertThat(error(ContentType.HTML, "<a href=\"{{ v }}\"></a>", model)).isEqualTo(expected);
        assertThat(error(ContentType.HTML, "<a class='x' HREF = ' {{ v }}'></a>", model))
                .isEqualTo(expected);
        assertThat(error(ContentType.HTML, "<img src=\"{% if false %}/a{% endif %}{{ v }}\">", model))
                .isEqualTo(expected);
        assertThat(html("<a href=\"https://shop.example/{{ v }}\"></a>", model)).isNotEmpty();
    }

    @Test
    void refusesASchemeInTwoPieces() {
        assertThat(error(ContentType.HTML, "<a href=\"{{ a }}{{ b }}\"></a>", Map.of("a", "java", "b", "script:x")))
                .contains("an address begins with a scheme from the model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/b/7?a=b:c", "/basket", "?q=a:b", "#top:x",
                "mailto:a@example.com", "tel:+84900000001", "cid:logo@shop", "//cdn.example/x:y"
            })
    void letsOrdinaryAddressesPass(String address) {
        assertThat(html("<a href=\"{{ v }}\">x</a>", Map.of("v", address)))
                .isEqualTo("<a href=\"" + address + "\">x</a>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    <a href={{ v }}>                         ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <a href=x{{ v }}>                        ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <a {{ v }}>                              ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <{{ v }}>                                ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <a title="x"{{ v }}>                     ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <!DOCTYPE {{ v }}>                       ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <!--[if mso]><a b={{ v }}><![endif]-->   ^ a value in a tag is not in quotes, expected an attribute such as class="{{ .. }}"
                    <script>var x = "{{ v }}";</script>      ^ a value in <script> cannot be made safe
                    <STYLE type="a">b { c: {{ v }} }</STYLE> ^ a value in <style> cannot be made safe
                    <a onclick="f('{{ v }}')">               ^ a value in the attribute onclick cannot be made safe
                    <iframe srcdoc="{{ v }}">                ^ a value in the attribute srcdoc cannot be made safe
                    <a {% if v %}title="{% endif %}x">       ^ the branches end in different places of the HTML, expected each to close the tags and quotes it opens
                    {% for i in v %}<a title="{% endfor %}   ^ the branches end in different places of the HTML, expected each to close the tags and quotes it opens
                    {% if v %}a{% else %}<b c='{% endif %}   ^ the branches end in different places of the HTML, expected each to close the tags and quotes it opens
                    """)
    void refusesValuesWhereNoEscapingIsSafe(String source, String reason) {
        assertThatThrownBy(() -> Templates.compile("t", source, ContentType.HTML))
                .hasMessage("template \"t\", line 1: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<td{% if true %} class=\"a\"{% endif %} id='{{ v }}'>{{ v }}",
                "<input{% if true %} checked{% endif %}><b>{{ v }}</b>",
                "<a title=\"{% if true %}a{% else %}b{% endif %}{{ v }}\"></a>",
                "<script>if (a < b) { x = \"<p \"; }</script>{{ v }}",
                "<style>p > a { }</style><p>{{ v }}",
                "a < b and 1<2 {{ v }}",
                "<br/>{{ v }}<img alt='' />{{ v }}",
                "<!-- a > b --><!DOCTYPE html>{{ v }}",
                "<!--[if mso]><p title=\"{{ v }}\">{{ v }}</p><![endif]-->{{ v }}",
                "<p style=\"color: {{ v }}\">",
                "{% for i in 1..2 %}<p>{{ v }}</p>{% else %}<i>{{ v }}</i>{% endfor %}"
            })
    void followsTheMarkupToTheValue(String source) {
        assertThat(html(source, Map.of("v", "red"))).contains("red");
    }

    @Test
    void letsOnlyPlainValuesIntoAStyle() {
        String source = "<p style=\"color: {{ v }}\">";

        assertThat(html(source, Map.of("v", "#ff0000"))).isEqualTo("<p style=\"color: #ff0000\">");
        assertThat(error(ContentType.HTML, source, Map.of("v", "red; background: url(x)")))
                .isEqualTo("template \"test\", line 1: a value in a style is more than a word or a number, "
                        + "expected one such as #ff0000 or 12px");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', '\u000b', '\u000c', '\u0085', '\u2028', '\u2029'})
    void refusesLineBreaksFromTheModelInASubject(char lineBreak) {
        assertThat(error(ContentType.SUBJECT, "Hi {{ v }}", Map.of("v", "Mai" + lineBreak + "Bcc: all@example.com")))
                .isEqualTo(
                        "template \"test\", line 1: a value with a line break is written into a subject, expected one line");
    }

    @Test
    void refusesLineBreaksThatTheTemplateItselfWritesAsAValue() {
        assertThat(error(ContentType.SUBJECT, "{{ 'a\nb' }}", Map.of())).contains("a value with a line break");
    }

    @Test
    void dropsControlCharactersAndMendsBrokenPairs() {
        var model = Map.of("v", "a\u0000b\u001b[1mc\u007fd\u009be\tf\r\ng\rh\ud83di\udcaaj\ud83d\udcaa");
        String clean = "ab[1mcde\tf\ng\nh\ufffdi\ufffdj\ud83d\udcaa";

        assertThat(text("{{ v }}", model)).isEqualTo(clean);
        assertThat(html("{{ v }}", model)).isEqualTo(clean);
        assertThat(render(ContentType.SUBJECT, "{{ v }}", Map.of("v", "a\u0000b\u0007\tc")))
                .isEqualTo(new Rendered.Done("ab\tc"));
    }
}

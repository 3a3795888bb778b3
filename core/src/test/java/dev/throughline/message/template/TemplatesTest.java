// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {{ customer.firstName                   ^ line 1: {{ is never closed, expected }}
                    {{ customer.firstName, your basket      ^ line 1: {{ is never closed, expected }}
                    {{ "a basket }}                         ^ line 1: {{ is never closed, expected }}
                    {{ "ends in a backslash \\              ^ line 1: {{ is never closed, expected }}
                    {% if vip %} hello                      ^ line 1: {% if %} is never closed, expected {% endif %}
                    {% if vip %} a {% else %} b             ^ line 1: {% if %} is never closed, expected {% endif %}
                    {% for i in items %} a                  ^ line 1: {% for %} is never closed, expected {% endfor %}
                    {% for i in items %}{% if i %}{% endfor %} ^ line 1: the tag endfor is unknown or does not belong here, expected one of [abort, for, if, set] or verbatim
                    {% endif %}                             ^ line 1: the tag endif is unknown or does not belong here, expected one of [abort, for, if, set] or verbatim
                    {% verbatim %} a                        ^ line 1: {% verbatim %} is never closed, expected {% endverbatim %}
                    {# a comment                            ^ line 1: {# is never closed, expected #}
                    {{ a b }}                               ^ line 1: expected }}, found b
                    {{ }}                                   ^ line 1: expected a value, found }}
                    {{ a + }}                               ^ line 1: expected a value, found }}
                    {{ -1 }}                                ^ line 1: expected a value, found -
                    {{ a | }}                               ^ line 1: expected a name, found }}
                    {{ a ? b }}                             ^ line 1: expected punctuation, found }}
                    {{ a[1 }}                               ^ line 1: {{ is never closed, expected }}
                    {% %}                                   ^ line 1: A block must start with a tag name.
                    {% set x %}                             ^ line 1: expected punctuation, found %}
                    {% abort %}                             ^ line 1: abort needs its reason as a quoted text of 1 to 200 characters, as in {% abort "out of stock" %}
                    {% abort reason %}                      ^ line 1: abort needs its reason as a quoted text of 1 to 200 characters, as in {% abort "out of stock" %}
                    {{ a | shout }}                         ^ line 1: unknown filter shout, expected one of [abbreviate, capitalize, date, default, escape, first, join, last, length, lower, money, number, replace, trim, upper]
                    {{ a is odd }}                          ^ line 1: unknown test odd, expected one of [defined, empty, iterable, map]
                    {{ a | money }}                         ^ line 1: filter money has wrong arguments, expected (currency)
                    {{ a | upper("x") }}                    ^ line 1: filter upper has wrong arguments, expected ()
                    {{ a | number(decimal=2) }}             ^ line 1: filter number has wrong arguments, expected (decimals)
                    {{ a | date("foo") }}                   ^ line 1: filter date: "foo" is no pattern, expected one such as "dd/MM/yyyy HH:mm"
                    {{ a | date(b) }}                       ^ line 1: filter date: expected its pattern as a quoted text
                    {{ a | escape("js") }}                  ^ line 1: filter escape: unknown strategy "js" for TEXT, expected "url_param"
                    {{ a | escape("html") }}                ^ line 1: filter escape: unknown strategy "html" for TEXT, expected "url_param"
                    {{ "a #{b}" }}                          ^ line 1: a text with #{..} in it, expected ~ to join texts
                    {{ null }}                              ^ line 1: null is used, expected 'is defined' or the filter default
                    {{ {"a": 1} }}                          ^ line 1: a map is written out, expected a list
                    """)
    void saysWhatIsWrongAndWhatItExpected(String source, String error) {
        assertThatThrownBy(() -> Templates.compile("basket", source, ContentType.TEXT))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("template \"basket\", " + error);
    }

    @Test
    void namesTheLineThatOpenedWhatIsNeverClosed() {
        assertThatThrownBy(() -> Templates.compile("basket", "Hello,\r\n\r\n{% if vip %}\nand\nbye", ContentType.TEXT))
                .hasMessage("template \"basket\", line 3: {% if %} is never closed, expected {% endif %}");
        assertThatThrownBy(() -> Templates.compile("basket", "Hello,\n{# {{ #}\n{{ a\n\n}", ContentType.TEXT))
                .hasMessage("template \"basket\", line 3: {{ is never closed, expected }}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include",
                "import",
                "extends",
                "embed",
                "from",
                "block",
                "macro",
                "parallel",
                "cache",
                "flush",
                "filter",
                "autoescape"
            })
    void knowsNoTagThatLoadsAnotherTemplateOrTurnsEscapingOff(String tag) {
        assertThatThrownBy(() -> Templates.compile("t", "{% " + tag + " \"/etc/passwd\" %}", ContentType.TEXT))
                .hasMessage("template \"t\", line 1: the tag " + tag
                        + " is unknown or does not belong here, expected one of [abort, for, if, set] or verbatim");
    }

    @Test
    void refusesControlCharactersInTheSource() {
        assertThatThrownBy(() -> Templates.compile("t", "one\ntwo\u0007", ContentType.TEXT))
                .hasMessage("template \"t\", line 2: the source holds the control character U+0007");
    }

    @Test
    void refusesASubjectOfTwoLines() {
        assertThatThrownBy(() -> Templates.compile("t", "Hello {{ name }}\nBcc: all@example.com", ContentType.SUBJECT))
                .hasMessage("template \"t\", line 1: the template breaks the line, expected one line in a subject");
    }

    @Test
    void refusesSourcesAndTagsThatAreTooLong() {
        assertThatThrownBy(() -> Templates.compile("t", "a".repeat(256 * 1024 + 1), ContentType.TEXT))
                .hasMessage("template \"t\": the source is longer than 262144 characters");
        assertThatThrownBy(() -> Templates.compile("t", "{{ " + "a".repeat(2_000) + " }}", ContentType.TEXT))
                .hasMessage("template \"t\", line 1: {{ is never closed, expected }} within 2000 characters");
    }

    @Test
    void refusesDeepNesting() {
        refuses(
                "{{ " + "(".repeat(101) + "1" + ")".repeat(101) + " }}",
                "line 1: brackets are nested more than 100 deep");
        refuses("{{ 1" + " ~ 1".repeat(101) + " }}", "line 1: an expression is nested more than 100 deep");
        refuses("{{ " + "not ".repeat(101) + "1 }}", "line 1: an expression is nested more than 100 deep");
        refuses("{{ a" + ".b".repeat(101) + " }}", "line 1: an expression is nested more than 100 deep");
        refuses("{% if a %}".repeat(101) + "{% endif %}".repeat(101), "line 1: tags are nested more than 100 deep");
        refuses(
                "{% if a %}".repeat(10_000) + "{% endif %}".repeat(10_000),
                "line 1: tags are nested more than 100 deep");
    }

    private static void refuses(String source, String error) {
        assertThatThrownBy(() -> Templates.compile("t", source, ContentType.TEXT))
                .hasMessage("template \"t\", " + error);
    }

    @Test
    void namesTheVariablesThatItReads() {
        Template template = Templates.compile("t", """
                {{ customer.firstName | default("you") }}: {% for item in event.items %}{{ item.name }} {{ loop.index }}
                {% if customer.tier is defined %}{{ event.prices[item.sku].net | money(shop.currency) }}{% endif %}
                {% endfor %}{% set total = event.total * 2 %}{{ total }}
                """, ContentType.TEXT);

        assertThat(template.variables())
                .containsExactly(
                        "customer.firstName",
                        "customer.tier",
                        "event.items",
                        "event.prices",
                        "event.total",
                        "shop.currency");
        assertThat(template.requiredVariables())
                .containsExactly("event.items", "event.prices", "event.total", "shop.currency");
    }

    @Test
    void keepsTheNameItWasGiven() {
        assertThat(Templates.compile("basket", "a", ContentType.TEXT).name()).isEqualTo("basket");
        assertThat(Renders.text("a", Map.of())).isEqualTo("a");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static dev.throughline.message.template.Renders.error;
import static dev.throughline.message.template.Renders.html;
import static dev.throughline.message.template.Renders.render;
import static dev.throughline.message.template.Renders.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.identity.ThroughlineException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template or a model could try. */
class TemplateHostilityTest {
    private static final String SECRET = "mai@example.com";

    /** A host's own class, with something to find by reflection. */
    public static final class Account {
        public final String password = SECRET;

        public String getPassword() {
            return SECRET;
        }

        @Override
        public String toString() {
            return SECRET;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ \"\".getClass() }}",
                "{{ x.getClass().forName(\"java.lang.Runtime\") }}",
                "{{ x.class.forName(\"java.lang.Runtime\") }}",
                "{{ x.toString() }}",
                "{{ template.getEngine() }}",
                "{{ x[\"getClass\"]() }}",
                "{{ now() }}",
                "{{ random(1, 5) }}",
                "{{ i18n(\"messages\", \"key\") }}",
                "{{ parent() }}",
                "{{ block(\"a\") }}",
                "{{ include(\"/etc/passwd\") }}",
                "{{ x | raw }}",
                "{{ x | sort }}",
                "{{ x | split(\"(a+)+b\") }}",
                "{{ x | format(1) }}",
                "{{ x | base64decode }}"
            })
    void compilesNothingThatReachesOutOfTheModel(String source) {
        assertThatThrownBy(() -> Templates.compile("t", source, ContentType.TEXT))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("template \"t\", line 1: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {{ "".class }}              ^ an attribute is read from a text, expected a map
                    {{ 1.class }}               ^ an attribute is read from a number, expected a map
                    {{ map.class.forName }}     ^ map.class is missing, expected it in the model or a filter such as default("..") behind it
                    {{ map["class"] }}          ^ map.class is missing, expected it in the model or a filter such as default("..") behind it
                    {{ list["class"] }}         ^ a list is read by a text, expected the number of a place in it
                    {{ account.password }}      ^ an attribute is read from a value of dev.throughline.message.template.TemplateHostilityTest$Account, expected a map
                    {{ account.class }}         ^ an attribute is read from a value of dev.throughline.message.template.TemplateHostilityTest$Account, expected a map
                    {{ account }}               ^ a value of dev.throughline.message.template.TemplateHostilityTest$Account cannot be written as text
                    {{ account | upper }}       ^ a value of dev.throughline.message.template.TemplateHostilityTest$Account cannot be written as text
                    {{ "a" ~ account }}         ^ a value of dev.throughline.message.template.TemplateHostilityTest$Account cannot be written as text
                    {{ "a" == account }}        ^ a text is compared with a value of dev.throughline.message.template.TemplateHostilityTest$Account
                    {% if account %}{% endif %} ^ a list or a map is a condition, expected true, false, a number or a text
                    {% for i in account %}{% endfor %} ^ for runs over a value of dev.throughline.message.template.TemplateHostilityTest$Account, expected a list or a map
                    {% for i in set %}{% endfor %} ^ for runs over a value of java.util.Set, expected a list or a map
                    {{ template }}              ^ template is missing, expected it in the model or a filter such as default("..") behind it
                    {{ locale }}                ^ locale is missing, expected it in the model or a filter such as default("..") behind it
                    {{ _context.map }}          ^ _context is missing, expected it in the model or a filter such as default("..") behind it
                    {% for i in list %}{{ loop }}{% endfor %} ^ a value of io.pebbletemplates.pebble.node.ForNode$LoopVariables cannot be written as text
                    {% for i in list %}{{ loop.class }}{% endfor %} ^ loop.class is missing, expected it in the model or a filter such as default("..") behind it
                    """)
    void findsNothingByReflection(String source, String reason) {
        var model = Map.of("map", Map.of("a", 1), "list", List.of(1), "account", new Account(), "set", Set.of(1));

        assertThat(error(source, model)).isEqualTo("template \"test\", line 1: " + reason);
    }

    @ParameterizedTest
    @CsvSource({"<div>{{ x }}, <div>", "<p>{{ x }}<noscript>, <noscript>", "<!--[if mso]>{{ x }}, <!--[if>"})
    void leavesNothingOpenThatCouldHideWhatFollows(String source, String open) {
        assertThatThrownBy(() -> Templates.compile("t", source, ContentType.HTML))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("template \"t\": " + open
                        + " is never closed, expected its end: what follows could be hidden by it");
    }

    @Test
    void mayOpenAndCloseAnElementInTwoConditions() {
        String source = "{% if x %}<div>{% endif %}a{% if x %}</div>{% endif %}<title>{{ x }}</title>";

        assertThat(html(source, Map.of("x", "<"))).isEqualTo("<div>a</div><title>&lt;</title>");
    }

    @Test
    void writesTemplatesInTheModelAsText() {
        var model = Map.of("v", "{{ secret }}{% abort \"x\" %}", "secret", SECRET);

        assertThat(text("{{ v }}", model)).isEqualTo("{{ secret }}{% abort \"x\" %}");
        assertThat(html("{{ v }}", model)).isEqualTo("{{ secret }}{% abort &quot;x&quot; %}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ v }}{{ nobody }}",
                "{{ v.length }}",
                "{{ v + 1 }}",
                "{{ 0 - v }}",
                "{{ v > 1 }}",
                "{{ v | number }}",
                "{{ 1 | money(v) }}",
                "{{ v | date('d') }}",
                "{{ prices[v] }}",
                "{{ prices[v].net }}",
                "{{ list[v] }}",
                "{{ 'a' | abbreviate(v) }}",
                "{% for i in v %}{% endfor %}",
                "{% for i in v..v %}{% endfor %}",
                "{% if not list and v %}{% endif %}",
                "{{ [v] }}",
                "{{ v contains list }}",
                "{% for p in broken %}{% endfor %}",
                "{{ broken.key }}"
            })
    void saysNoValueOfTheModelInAnError(String source) {
        Map<String, Object> broken = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException(SECRET);
            }
        };
        var model = Map.of("v", SECRET, "prices", Map.of("a", 1), "list", List.of("a"), "broken", broken);

        Rendered rendered = render(ContentType.TEXT, source, model);

        assertThat(rendered).isInstanceOf(Rendered.Failed.class);
        assertThat(rendered.toString()).doesNotContain(SECRET).doesNotContain("example");
    }

    @Test
    void refusesNumbersThatWouldFillTheMemory() {
        var model = new HashMap<String, Object>();
        model.put("small", new BigDecimal("1E+1000000000"));
        model.put("tiny", new BigDecimal("1E-1000000000"));
        model.put("large", BigInteger.ONE.shiftLeft(1 << 24));
        model.put("infinite", Double.POSITIVE_INFINITY);
        model.put("nan", Float.NaN);

        for (String name : model.keySet()) {
            assertThat(error("{{ " + name + " }}", model)).contains("a number");
            assertThat(error("{{ " + name + " | number }}", model)).contains("a number");
            assertThat(error("{{ " + name + " + 1 }}", model)).contains("a number");
        }
        assertThat(error("{% set n = 10 %}{% for i in 1..40 %}{% set n = n * n %}{% endfor %}", Map.of()))
                .isEqualTo("template \"test\", line 1: a number of more than 400 digits is used");
    }

    @Test
    void survivesAModelThatContainsItself() {
        var model = new HashMap<String, Object>();
        var list = Arrays.<Object>asList(1, null);
        list.set(1, list);
        model.put("self", model);
        model.put("list", list);

        assertThat(text("{{ self.self.list[1][0] }}", model)).isEqualTo("1");
        assertThat(error("{{ self }}", model)).contains("a map cannot be written as text");
        assertThat(error("{{ list == list }}", model)).contains("a list is compared with a list");
        assertThat(error("{{ list | join(',') }}", model)).contains("a list cannot be written as text");
    }
}

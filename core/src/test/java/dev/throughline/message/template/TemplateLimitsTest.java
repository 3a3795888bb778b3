// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static dev.throughline.message.template.Renders.error;
import static dev.throughline.message.template.Renders.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLimitsTest {
    private static final String TURNS = "the loops turn more than 10000 times together";
    private static final String LENGTH = "a text grows past 262144 characters";

    @Test
    void endsATextAtItsLastCharacter() {
        String line = "a".repeat(1024);
        String source = "{% for i in 1..256 %}" + line + "{% endfor %}";

        assertThat(text(source, Map.of())).hasSize(256 * 1024);
        assertThat(error(source + "b", Map.of())).isEqualTo("template \"test\": the text grows past 262144 characters");
    }

    @Test
    void endsLoopsAtTheirLastTurn() {
        assertThat(text("{% for i in 1..10000 %}a{% endfor %}", Map.of())).hasSize(10_000);
        assertThat(text("{% for i in 1..100 %}{% for j in 1..99 %}a{% endfor %}{% endfor %}", Map.of()))
                .hasSize(9_900);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {% for i in 1..10001 %}{% endfor %}
                    {% for i in range(1, 1000000000) %}{% endfor %}
                    {% for i in 0..2147483647 %}{% endfor %}
                    {{ 1..1000000000 | length }}
                    {% for i in 1..101 %}{% for j in 1..100 %}{% endfor %}{% endfor %}
                    {% for i in 1..100 %}{% for j in 1..100 %}{% for k in 1..100 %}{% endfor %}{% endfor %}{% endfor %}
                    {% for i in 1..6000 %}{% endfor %}{% for i in 1..6000 %}{% endfor %}
                    {% for i in many %}{% endfor %}
                    {% for i in large %}{% endfor %}
                    """)
    void countsTheTurnsOfAllLoopsTogether(String source) {
        Map<String, Integer> large = new HashMap<>();
        for (int i = 0; i <= 10_000; i++) {
            large.put("k" + i, i);
        }
        var model = Map.of("many", Collections.nCopies(1_000_000_000, "x"), "large", large);

        assertThat(error(source, model)).isEqualTo("template \"test\", line 1: " + TURNS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {% set s = "aaaaaaaa" %}{% for i in 1..60 %}{% set s = s ~ s %}{% endfor %}
                    {% set s = "aaaaaaaa" %}{% for i in 1..60 %}{% set s = s | replace("a", s) %}{% endfor %}
                    {% set s = "a" %}{% for i in 1..60 %}{% set s = [s, s, s, s] | join(s) %}{% endfor %}
                    {{ large ~ large }}
                    {{ large | replace("a", "bb") }}
                    {{ [large, large] | join("") }}
                    {{ huge }}
                    """)
    void letsNoTextGrowOnTheWay(String source) {
        var model = Map.of("large", "a".repeat(200_000), "huge", "a".repeat(300_000));

        assertThat(error(source, model)).isEqualTo("template \"test\", line 1: " + LENGTH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {% for i in 1..10000 %}{% if (large | upper) == "x" %}{% endif %}{% endfor %}
                    {% for i in 1..10000 %}{% if large == same %}{% endif %}{% endfor %}
                    {% for i in 1..10000 %}{% if large contains "aab" %}{% endif %}{% endfor %}
                    {% for i in 1..10000 %}{% if list contains "b" %}{% endif %}{% endfor %}
                    {{ large contains half }}
                    {{ large | replace(half, "") }}
                    """)
    void countsTheWorkOfFiltersAndOperators(String source) {
        var model = Map.of(
                "large",
                "a".repeat(200_000),
                "same",
                "a".repeat(199_999) + "a",
                "half",
                "a".repeat(99_999) + "b",
                "list",
                Collections.nCopies(100_000, "a"));

        assertThat(error(source, model))
                .isEqualTo("template \"test\", line 1: the template needs more than 5000000 units of work");
    }

    @Test
    void countsTheWorkOfALongLoopBody() {
        String source = "{% for i in 1..10000 %}" + "{% if i == 0 %}a{% endif %}".repeat(300) + "{% endfor %}";

        assertThat(error(source, Map.of())).endsWith("the template needs more than 5000000 units of work");
    }

    @Test
    void endsTheWorstTemplatesWithinSeconds() {
        String body = "{% if (v | upper) ~ v contains 'b' and v | replace('a', 'b') == v %}{{ v | length }}{% endif %}";
        String source = "{% for i in 1..10000 %}" + body.repeat(2_000) + "{% endfor %}";
        var model = Map.of("v", "a".repeat(32_000));

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertThat(error(source, model))
                .endsWith("the template needs more than 5000000 units of work"));
    }

    @Test
    void fallsUnderTheLimitsItWasCompiledWith() {
        Template template = Templates.compile(
                "t", "{% for i in list %}{{ i }}{% endfor %}", ContentType.TEXT, new Limits(5, 2, 100));

        assertThat(template.render(Map.of("list", List.of("ab", "cde")), Renders.VIETNAMESE, Renders.SAIGON))
                .isEqualTo(new Rendered.Done("abcde"));
        assertThat(template.render(Map.of("list", List.of("ab", "cdef")), Renders.VIETNAMESE, Renders.SAIGON))
                .isEqualTo(new Rendered.Failed("template \"t\": the text grows past 5 characters"));
        assertThat(template.render(Map.of("list", List.of(1, 2, 3)), Renders.VIETNAMESE, Renders.SAIGON))
                .isEqualTo(new Rendered.Failed("template \"t\", line 1: the loops turn more than 2 times together"));
    }
}

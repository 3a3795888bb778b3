// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    private static final Map<String, Object> MODEL =
            Map.of("name", "Mai & Lan", "event", Map.of("product", "tea", "pieces", 3L));

    @Test
    void fillsBlanksWithEscapedTexts() {
        assertThat(filled("{{ name }}: <b>{{ event.product }}</b>, {{ event[\"product\"] }}.", Limits.DEFAULT))
                .isEqualTo("Mai &amp; Lan: <b>tea</b>, tea.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{ event.pieces }}", "{{ event.colour }}", "{{ event }}", "{{ name.first }}", "{{ other }}"})
    void leavesToARenderingWhatIsNoText(String source) {
        assertThat(filled("Hello, " + source, Limits.DEFAULT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ name | upper }}",
                "{% if name is defined %}Hello{% endif %}",
                "{{ event[name] }}",
                "{{ 'a' }}"
            })
    void isOnlyTextAndBlanks(String source) {
        assertThat(form(source)).isNull();
    }

    @Test
    void leavesToARenderingWhatIsTooLong() {
        assertThat(filled("{{ name }}", new Limits(9, 1, 100))).isNull();
        assertThat(filled("{{ name }}", new Limits(100, 1, 8))).isNull();
        assertThat(filled("{{ name }}", new Limits(13, 1, 9))).isEqualTo("Mai &amp; Lan");
    }

    private static @Nullable String filled(String source, Limits limits) {
        Form form = form(source);
        assertThat(form).isNotNull();
        return form.filled(MODEL, limits);
    }

    private static @Nullable Form form(String source) {
        var body = Source.parse(source);
        assertThat(Inspection.of(body, ContentType.HTML)).isNotNull();
        return Form.of(body);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static dev.throughline.message.template.Renders.error;
import static dev.throughline.message.template.Renders.render;
import static dev.throughline.message.template.Renders.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Map<String, ?> MODEL = Map.of(
            "customer", Map.of("firstName", "Mai", "vip", true, "visits", 3, "blank", " "),
            "event", Map.of("product", "Tea set", "total", 450_000, "rate", 0.1, "items", List.of("a", "b", "c")));

    @Test
    void fillsInWhatTheModelHolds() {
        assertThat(text("{{ customer.firstName }}, your {{ event.product }} is waiting", MODEL))
                .isEqualTo("Mai, your Tea set is waiting");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    {{ customer.lastName }}                 ^ customer.lastName
                    {{ client.firstName }}                  ^ client
                    {{ nobody }}                            ^ nobody
                    {% if customer.age > 18 %}{% endif %}   ^ customer.age
                    {% for i in event.lines %}{% endfor %}  ^ event.lines
                    {{ "a" ~ event.colour }}                ^ event.colour
                    {{ event.colour | default("x") ~ customer.colour }} ^ customer.colour
                    {{ event.gift.name }}                   ^ event.gift
                    {% for i in event.items %}{{ j }}{% endfor %} ^ j
                    {{ event.product | default(fallback) }} ^ fallback
                    """)
    void failsForAMissingVariableByItsName(String source, String variable) {
        assertThat(error(source, MODEL))
                .isEqualTo("template \"test\", line 1: " + variable
                        + " is missing, expected it in the model or a filter such as default(\"..\") behind it");
    }

    @Test
    void namesTheLineOfWhatIsMissing() {
        assertThat(error("one\n{# two\n #}\n{% if customer.vip %}\n{{ customer.lastName }}{% endif %}", MODEL))
                .startsWith("template \"test\", line 5: customer.lastName is missing");
    }

    @Test
    void takesNullForMissing() {
        Map<String, Object> model = new HashMap<>();
        model.put("name", null);
        model.put("customer", Collections.singletonMap("name", null));
        model.put("list", Arrays.asList("a", null));

        assertThat(error("{{ name }}", model)).contains("name is missing");
        assertThat(error("{{ customer.name }}", model)).contains("customer.name is missing");
        assertThat(error("{% for name in list %}{{ name }}{% endfor %}", model)).contains("name is missing");
        assertThat(text("{{ name | default('you') }}{{ list[1] | default('b') }}", model))
                .isEqualTo("youb");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {{ customer.lastName | default("you") }}            ^ you
                    {{ nobody.lastName | default("you") | upper }}      ^ YOU
                    {{ customer.blank | default("you") }}               ^ you
                    {{ customer.firstName | default("you") }}           ^ Mai
                    {{ ("Ms " ~ customer.lastName) | default("you") }}  ^ you
                    {% if customer.age is defined %}a{% else %}b{% endif %} ^ b
                    {% if nobody is not defined %}a{% endif %}          ^ a
                    {% if customer.vip and not (customer.visits < 3) %}a{% elseif true %}b{% endif %} ^ a
                    {{ customer.vip ? "Dear" : "Hi" }}                  ^ Dear
                    {{ event.total * event.rate }}                      ^ 45000
                    {{ 0.1 + 0.2 }}                                     ^ 0.3
                    {{ 7 / 2 }} {{ 7 % 2 }} {{ 7 - 9 }}                 ^ 3.5 1 -2
                    {{ 10 / 3 }}                                        ^ 3.333333333333333333333333333333333
                    {{ 12.50 }} {{ event.rate }}                        ^ 12.50 0.1
                    {{ customer.visits == 3.0 }} {{ customer.firstName == "Mai" }} {{ 3 != 3 }} ^ true true false
                    {{ event.items contains "b" }} {{ event.product contains "set" }} {{ event contains "sku" }} ^ true true false
                    {{ [1, 2] contains customer.visits }}               ^ false
                    {% for i in 1..3 %}{{ i }}{% endfor %}              ^ 123
                    {% for i in range(3, 1) %}{{ i }}{% else %}none{% endfor %} ^ none
                    {% for i in event.items %}{{ loop.index }}{{ i }}{{ loop.last ? "" : "," }}{% endfor %} ^ 0a,1b,2c
                    {% for i in event.items %}{{ loop.length }}{{ loop.revindex }}{{ loop.first }}{{ loop.last ? "" : " " }}{% endfor %} ^ 32true 31false 30false
                    {% set n = 0 %}{% for i in 1..4 %}{% set n = n + i %}{% endfor %}{{ n }} ^ 10
                    {% set customer = "x" %}{{ customer }}              ^ x
                    {{ event.items[1] }} {{ event["product"] }}         ^ b Tea set
                    {{ event.items | first }}{{ event.items | last }}{{ event.items | length }} ^ ac3
                    {{ event.items | join(", ") }}                      ^ a, b, c
                    {{ "xin chào" | capitalize }} {{ " a " | trim }}    ^ Xin chào a
                    {{ event.product | abbreviate(6) }} {{ "abcdef" | abbreviate(2) }} ^ Tea... ab
                    {{ event.product | replace("set", "pot") }}         ^ Tea pot
                    {% verbatim %}{{ not a tag }}{% endverbatim %}      ^ {{ not a tag }}
                    {{ event.product | escape("url_param") }}           ^ Tea%20set
                    """)
    void speaksItsDialect(String source, String text) {
        assertThat(text(source, MODEL)).isEqualTo(text);
    }

    @Test
    void keepsTheLinesOfATextAndDropsThoseOfTags() {
        assertThat(text("Hi {{ customer.firstName }}\r\n{% if customer.vip %}\nVIP\n{% endif %}\nBye\n", MODEL))
                .isEqualTo("Hi Mai\nVIP\nBye\n");
        assertThat(text("a   {%- if customer.vip -%}   b   {%- endif -%}   c", MODEL))
                .isEqualTo("abc");
    }

    @Test
    void runsOverAMapByTheOrderOfItsKeys() {
        var model = Map.of("sizes", Map.of("s", 1, "xl", 4, "m", 2, "l", 3));

        assertThat(text("{% for size in sizes %}{{ size.key }}{{ size.value }} {% endfor %}", model))
                .isEqualTo("l3 m2 s1 xl4 ");
    }

    @Test
    void abortsWithTheReasonOfTheTemplate() {
        String source = "Hi {% if customer.visits < 5 %}{% abort \"too few visits\" %}{% endif %}{{ nobody }}";

        assertThat(render(ContentType.TEXT, source, MODEL)).isEqualTo(new Rendered.Aborted("too few visits"));
        assertThat(render(ContentType.TEXT, "{% for i in 1..9 %}{% abort 'x' %}{% endfor %}", MODEL)
                        .kind())
                .isEqualTo(Rendered.Kind.ABORTED);
    }

    @Test
    void writesNumbersMoneyAndDatesAsTheLocaleDoes() {
        var model = Map.of("total", 450_000, "price", new BigDecimal("1234.565"), "at", "2026-11-23T02:00:00Z");
        String source =
                "{{ total | number }} {{ price | number(2) }} {{ total | money(\"VND\") }} {{ price | money('USD') }} "
                        + "{{ at | date(\"EEEE d MMMM yyyy HH:mm\") }}";
        Template template = Templates.compile("test", source, ContentType.TEXT);

        assertThat(template.render(model, Renders.VIETNAMESE, Renders.SAIGON))
                .isEqualTo(new Rendered.Done(
                        "450.000 1.234,57 450.000\u00a0₫ 1.234,57\u00a0US$ Thứ Hai 23 tháng 11 2026 09:00"));
        assertThat(template.render(model, Locale.US, ZoneId.of("America/New_York")))
                .isEqualTo(new Rendered.Done("450,000 1,234.57 ₫450,000 $1,234.57 Sunday 22 November 2026 21:00"));
    }

    @Test
    void tellsEveryKindOfDateInTheZoneOfTheRendering() {
        var at = Instant.parse("2026-11-23T02:00:00Z");
        var model = Map.of(
                "instant",
                at,
                "offset",
                OffsetDateTime.parse("2026-11-23T02:00:00Z"),
                "zoned",
                ZonedDateTime.ofInstant(at, ZoneId.of("Europe/Paris")),
                "text",
                "2026-11-23T03:00:00+01:00",
                "day",
                LocalDate.of(2026, 11, 23),
                "dayText",
                "2026-11-23");

        assertThat(text("{% for d in [instant, offset, zoned, text] %}{{ d | date('HH:mm') }} {% endfor %}", model))
                .isEqualTo("09:00 09:00 09:00 09:00 ");
        assertThat(text("{{ day | date('d/M') }} {{ dayText | date('d/M') }} {{ day }}", model))
                .isEqualTo("23/11 23/11 2026-11-23");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
                    {{ event }}                          ^ a map cannot be written as text
                    {{ event.items }}                    ^ a list cannot be written as text
                    {{ event.product.name }}             ^ an attribute is read from a text, expected a map
                    {{ event.items.first }}              ^ a list is read by a text, expected the number of a place in it
                    {{ event.product + 1 }}              ^ a text is used where a number of ordinary size is expected
                    {{ event.total / 0 }}                ^ a calculation has no result, such as a division by zero
                    {{ event.product > 1 }}              ^ a text is used where a number of ordinary size is expected
                    {% if event.product > 1 %}{% endif %} ^ a text is used where a number of ordinary size is expected
                    {% if event.items %}{% endif %}      ^ a list or a map is a condition, expected true, false, a number or a text
                    {{ event == event.items }}           ^ a map is compared with a list
                    {% for i in event.product %}{% endfor %} ^ for runs over a text, expected a list or a map
                    {{ event.total | join(",") }}        ^ filter join: applied to a number, expected a list
                    {{ event.product | money("VND") }}   ^ a text is used where a number of ordinary size is expected
                    {{ event.total | money("XYZ1") }}    ^ filter money: unknown currency, expected an ISO 4217 code such as VND
                    {{ event.total | number(99) }}       ^ filter number: decimals is out of range, expected 0 to 10
                    {{ event.total | number(0.5) }}      ^ a number is used where a whole one of at most ten digits is expected
                    {{ event.product | date("d/M") }}    ^ filter date: the pattern does not fit a text, expected an ISO 8601 date or instant such as 2026-11-23T09:00:00+07:00
                    {{ "2026-11-23" | date("HH:mm") }}   ^ filter date: the pattern does not fit a text, expected an ISO 8601 date or instant such as 2026-11-23T09:00:00+07:00
                    """)
    void failsWhereTemplateAndModelDoNotFit(String source, String reason) {
        assertThat(error(source, MODEL)).isEqualTo("template \"test\", line 1: " + reason);
    }

    @Test
    void takesTheFirstOfAnEmptyListForMissing() {
        var model = Map.of("items", List.of());

        assertThat(text("{{ items | first | default('nothing') }}", model)).isEqualTo("nothing");
        assertThat(error("{{ items | last }}", model)).contains("is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "en-US", "ar-EG", "th-TH-u-ca-buddhist-nu-thai"})
    void rendersAlikeWhateverTheDefaultLocaleAndZoneAre(String tag) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        String source = "{{ 'title' | upper }} {{ 1234.5 | number }} {{ 'I' | lower }} {{ 2 | money('EUR') }} "
                + "{{ '2026-11-23T02:00:00Z' | date('d MMM yyyy HH:mm') }} {{ 0.5 }}";
        String expected = text(source, Map.of());

        Locale.setDefault(Locale.forLanguageTag(tag));
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            assertThat(text(source, Map.of())).isEqualTo(expected);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void changesNothingInTheModel() {
        var model = new HashMap<String, Object>(Map.of("name", "Mai", "items", List.of("b", "a")));

        text("{% set name = 'x' %}{% set other = 1 %}{% for name in items %}{{ name }}{% endfor %}", model);

        assertThat(model).isEqualTo(Map.of("name", "Mai", "items", List.of("b", "a")));
    }
}

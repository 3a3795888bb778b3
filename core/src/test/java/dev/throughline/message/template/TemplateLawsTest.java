// SPDX-License-Identifier: Apache-2.0
package dev.throughline.message.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.identity.ThroughlineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every template and every model, tried on many drawn from a seed. */
class TemplateLawsTest {
    private static final ContentType[] ALONE = {ContentType.TEXT, ContentType.SUBJECT, ContentType.HTML};

    private static final String[][] TAGS = {
        {"if ", "{% endif %}"},
        {"for i in ", "{% endfor %}"},
        {"set x = ", ""},
        {"abort ", ""},
        {"verbatim", "{% endverbatim %}"},
        {"endif", ""},
        {"else", ""}
    };
    private static final String[] VALUES = {
        "customer.name",
        "total",
        "items",
        "nobody",
        "'x'",
        "\"y\"",
        "1",
        "2.5",
        "items[0]",
        "range(1, 9)",
        "(total)",
        "[1, 2]",
        "x",
        "i"
    };
    private static final String[] OPERATORS = {
        "~ total",
        "+ 1",
        "/ 0",
        "== 1",
        "< 2",
        "and true",
        "is defined",
        "is empty",
        "| upper",
        "| default('z')",
        "| money('VND')",
        "| date('d/M')",
        "| join(',')",
        "| first",
        ".. 3",
        "? 1 : 'n'",
        "contains 'p'",
        "| abbreviate(2)",
        "| number",
        ".name"
    };
    private static final String[] NOISE = {
        "(", ")", "[", ",", "}}", "%}", "{#", "\\", "#", "\"", "'", "null", "\n", "|", "not", "#{"
    };
    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        "\u0085",
        "\u2028",
        "\u000b",
        "Bcc: x",
        "<",
        ">",
        "\"",
        "'",
        "&",
        "javascript:",
        "\u0000",
        "\ud800",
        "a",
        "é",
        "\ud83d\ude00",
        "{{ x }}",
        "%}",
        "=",
        " ",
        "/",
        "--"
    };

    @Test
    void everySourceIsRefusedOrRendersTheSameTwice() {
        var model = Map.of("customer", Map.of("name", "Mai"), "total", 450_000, "items", List.of("p", "q"));
        int rendered = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            String source = source(random);
            try {
                Template template = Templates.compile("t", source, any(ALONE, random));
                Rendered first = template.render(model, Renders.VIETNAMESE, Renders.SAIGON);
                assertThat(template.render(model, Renders.VIETNAMESE, Renders.SAIGON))
                        .as("seed %d: %s", seed, source)
                        .isEqualTo(first);
                rendered++;
            } catch (ThroughlineException e) {
                assertThat(e.getMessage()).as("seed %d: %s", seed, source).startsWith("template \"t\", line ");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + source, e);
            }
        }
        assertThat(rendered).isBetween(400, 1_600);
    }

    private static String source(Random random) {
        var source = new StringBuilder();
        for (int tags = 1 + random.nextInt(3); tags > 0; tags--) {
            boolean value = random.nextInt(3) > 0;
            String[] tag = any(TAGS, random);
            source.append(value ? "{{ " : "{% " + tag[0])
                    .append(any(VALUES, random))
                    .append(' ');
            source.append(random.nextBoolean() ? any(OPERATORS, random) : "");
            source.append(random.nextInt(8) == 0 ? any(NOISE, random) : "");
            source.append(value ? " }}" : " %}").append(" text ").append(value ? "" : tag[1]);
        }
        return source.toString();
    }

    private static <T> T any(T[] pieces, Random random) {
        return pieces[random.nextInt(pieces.length)];
    }

    @Test
    void noModelBreaksTheLineOfASubject() {
        Template template =
                Templates.compile("t", "{{ v }}: {{ v | upper }} {{ w | default(v) }}", ContentType.SUBJECT);
        int written = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Rendered rendered = template.render(Map.of("v", value(seed)), Renders.VIETNAMESE, Renders.SAIGON);
            if (rendered instanceof Rendered.Done done) {
                assertThat(done.text().lines()).as("seed %d", seed).hasSize(1);
                assertThat(done.text())
                        .as("seed %d", seed)
                        .doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\u2028\u2029]");
                written++;
            }
        }
        assertThat(written).isBetween(200, 1_800);
    }

    @Test
    void noModelBringsMarkupIntoHtml() {
        String before = "<img title='";
        String between = "' src=\"/x/";
        String after = "\">";
        Template template =
                Templates.compile("t", before + "{{ v }}" + between + "{{ v }}" + after + "{{ v }}", ContentType.HTML);
        for (int seed = 0; seed < 2_000; seed++) {
            Rendered rendered = template.render(Map.of("v", value(seed)), Renders.VIETNAMESE, Renders.SAIGON);
            String html = Renders.done(rendered);
            int length = (html.length() - before.length() - between.length() - after.length()) / 3;
            String escaped = html.substring(html.length() - length);
            assertThat(html).as("seed %d", seed).isEqualTo(before + escaped + between + escaped + after + escaped);
            assertThat(escaped).as("seed %d", seed).doesNotContainPattern("[<>\"']|&(?!amp;|lt;|gt;|quot;|#39;)");
        }
    }

    private static String value(int seed) {
        var random = new Random(seed);
        var value = new StringBuilder("v");
        for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
            value.append(any(PIECES, random));
        }
        return value.toString();
    }

    @Test
    void threadsThatShareATemplateDoNotMixTheirModels() throws Exception {
        Template template = Templates.compile(
                "t",
                "{% set n = 0 %}{% for i in items %}{% set n = n + i %}{{ name | default('?') | upper }}{{ loop.index }},{% endfor %}"
                        + "{{ n | number }} {{ total | money('VND') }} {% if vip is defined %}{{ vip }}{% endif %}",
                ContentType.HTML);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int from = thread * 400;
                tasks.add(() -> wrong(template, from, from + 400));
            }
            for (Future<Integer> wrong : threads.invokeAll(tasks)) {
                assertThat(wrong.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int wrong(Template template, int from, int to) {
        return (int) IntStream.range(from, to)
                .filter(i -> !template.render(model(i), Renders.VIETNAMESE, Renders.SAIGON)
                        .equals(new Rendered.Done(expected(i))))
                .count();
    }

    private static Map<String, Object> model(int i) {
        var model = new HashMap<String, Object>(Map.of("items", List.of(i, i + 1), "total", i));
        if (i % 2 == 0) {
            model.put("name", "n" + i);
        }
        if (i % 3 == 0) {
            model.put("vip", i);
        }
        return model;
    }

    private static String expected(int i) {
        String name = i % 2 == 0 ? "N" + i : "?";
        return name + "0," + name + "1," + grouped(2 * i + 1) + " " + grouped(i) + "\u00a0₫ " + (i % 3 == 0 ? i : "");
    }

    private static String grouped(int n) {
        return n < 1_000 ? "" + n : String.format("%d.%03d", n / 1_000, n % 1_000);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.RawCallback;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {

    private static final String URLENCODED = "application/x-www-form-urlencoded";

    @Test
    void readsFieldsOfBrowsersInUtf8() {
        assertThat(Form.of(post(URLENCODED + "; charset=UTF-8", "a=1&b=x+y&a=2&c=tr%C3%A0&d"))
                        .orElseThrow()
                        .fields())
                .isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("x y"), "c", List.of("trà"), "d", List.of("")));
    }

    @Test
    void readsPartsWithTheirBoundaryQuotedOrNot() {
        String body = String.join(
                "\r\n",
                "--b=1",
                "Content-Disposition: form-data; name=\"List-Unsubscribe\"",
                "",
                "One-Click",
                "--b=1",
                "Content-Disposition: form-data; name=note",
                "Content-Type: text/plain",
                "",
                "line 1",
                "line 2",
                "--b=1--",
                "");

        for (String boundary : List.of("\"b=1\"", "b=1")) {
            assertThat(Form.of(post("multipart/form-data; boundary=" + boundary, body))
                            .orElseThrow()
                            .fields())
                    .isEqualTo(Map.of("List-Unsubscribe", List.of("One-Click"), "note", List.of("line 1\r\nline 2")));
        }
    }

    @Test
    void readsNothingOfWhatIsNoForm() {
        assertThat(Form.of(post("application/json", "{}"))).isEmpty();
        assertThat(Form.of(post(URLENCODED, "a=%zz"))).isEmpty();
        assertThat(Form.of(post(URLENCODED, "a=" + "x".repeat(Form.LARGEST)))).isEmpty();
        assertThat(Form.of(post("multipart/form-data", "--b\r\n"))).isEmpty();
        assertThat(Form.of(post(
                        "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1")))
                .isEmpty();
        assertThat(Form.of(new RawCallback("POST", "/u/x", Map.of(), new byte[0])))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/u/TOKEN,'',vi,TOKEN,vi",
        "/u/TOKEN?lang=vi,'en',en,TOKEN,vi",
        "/u?m=TOKEN&lang=en,'vi',vi,TOKEN,en",
        "/u/TOKEN,'en-GB,en;q=0.8',vi,TOKEN,en",
        "/u/TOKEN,'vi-VN,vi;q=0.9,en;q=0.5',en,TOKEN,vi",
        "/u/TOKEN,'fr',en,TOKEN,en",
        "/u/TOKEN,'no; such q=header',vi-VN,TOKEN,vi",
        "/u/,'',de,'',en"
    })
    void takesTheEndOfTheAddressAndTheLanguage(
            String target, String accepted, String otherwise, String token, String language) {
        var request = new RawCallback("get", target, Map.of("Accept-Language", List.of(accepted)), new byte[0]);

        Visit visit = Visit.of(request, otherwise);

        assertThat(visit.token()).isEqualTo(token);
        assertThat(visit.language()).isEqualTo(language);
        assertThat(visit.looks()).isTrue();
    }

    private static RawCallback post(String type, String body) {
        return new RawCallback(
                "POST", "/u/x", Map.of("content-type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of docs/email.md, and that the page shows it as it is here. */
class GuideTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void setsUpAProvider() {
        Map<String, String> secrets = Map.of("smtp", "s3cret");

        var mail = SmtpEmail.at("mail.shop.example", 587)
                .credentials("shop", () -> secrets.get("smtp"))
                .messageIdDomain("shop.example")
                .bounceAddress("bounce@mail.shop.example");

        assertThat(mail).hasToString("email-smtp at mail.shop.example:587");
    }

    @Test
    void setsUpALocalRelay() {
        var local = SmtpEmail.at("127.0.0.1", 25).tls(Tls.NONE).named("email-local");

        assertThat(local.id()).isEqualTo("email-local");
        assertThat(local.slots()).isEqualTo(4);
    }

    @Test
    void showsWhatIsTestedHere() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = here.endsWith("adapters-email") ? here.resolveSibling("") : here;
        String guide = Files.readString(root.resolve("docs/email.md"));
        String tested = squeezed(
                Files.readString(root.resolve("adapters-email/src/test/java/dev/throughline/email/GuideTest.java")));

        List<String> blocks = BLOCK.matcher(guide)
                .results()
                .map(block -> squeezed(block.group(1)))
                .toList();

        assertThat(blocks).hasSize(2).allSatisfy(block -> assertThat(tested).contains(block));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}

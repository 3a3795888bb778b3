// SPDX-License-Identifier: Apache-2.0
package dev.throughline.email;

import static dev.throughline.email.Letters.letter;
import static dev.throughline.email.Letters.saying;
import static dev.throughline.email.Letters.send;
import static dev.throughline.email.Letters.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.EmailContent;
import dev.throughline.identity.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogTest {

    @Test
    void logsIdsAndNeitherAddressesNorWords() throws IOException {
        String log = logged(() -> {
            try (var server = new ScriptedServer()
                            .answer(
                                    "RCPT",
                                    "250 ok",
                                    "550 5.1.1 <mai@example.com> unknown, Mai",
                                    "450 mai@example.com busy")
                            .answer(".", "250 ok", ScriptedServer.HANG_UP);
                    var smtp = server.client()) {
                send(smtp, letter());
                send(smtp, letter());
                send(smtp, letter());
                server.answer("RCPT", "250 ok");
                send(smtp, letter());
                send(smtp, to(new Address("email", "mai@example.com\r\nDATA")));
                send(smtp, saying(new EmailContent("giỏ hàng\r\n", "<p>giỏ hàng", "")));
            }
        });

        assertThat(log).contains("message " + letter().id() + ": Accepted", "Unknown", "Rejected", "NotSent");
        assertThat(log.toLowerCase(Locale.ROOT))
                .doesNotContainPattern("\\bmai\\b")
                .doesNotContain("example.com", "giỏ", "trà", "gi=e1");
    }

    @Test
    void logsNothingOfAnExceptionButItsKind() throws IOException {
        String log = logged(() -> {
            try (var server = new ScriptedServer();
                    var smtp = server.client().tls(Tls.REQUIRED).credentials("shop", () -> {
                        throw new IllegalStateException("mai@example.com and s3cret");
                    })) {
                send(smtp, letter());
            }
        });

        assertThat(log).contains("message " + letter().id() + ": java.lang.IllegalStateException");
        assertThat(log).doesNotContain("mai@", "s3cret");
    }

    /** What was written to the file of simplelogger.properties meanwhile. */
    private static String logged(Runnable work) throws IOException {
        Path file = Path.of("target", "test.log");
        long before = Files.exists(file) ? Files.size(file) : 0;
        work.run();
        byte[] all = Files.readAllBytes(file);
        return new String(all, (int) before, all.length - (int) before, StandardCharsets.UTF_8);
    }
}

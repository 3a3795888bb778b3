// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Money;
import dev.throughline.sms.http.HttpSms;
import dev.throughline.sms.smpp.SmppSms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds docs/sms.md to what runs. */
class GuideTest {

    private static final Path GUIDE = Path.of("../docs/sms.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/throughline/sms/GuideTest.java");

    @Test
    void showsHowAdaptersAreMade() {
        String apiKey = "k";
        String secretKey = "s";
        String callbackSecret = "c";
        String password = "p";

        var credentials =
                Credentials.of(Map.of("ApiKey", apiKey, "SecretKey", secretKey, "CallbackSecret", callbackSecret));

        var gateway = HttpSms.gateway("esms", credentials)
                .price(Money.of(850, "VND"))
                .diacritics(Diacritics.STRIP_IF_SAVES)
                .callbackUrl("https://shop.example/hooks/sms");

        var centre = SmppSms.at("smsc.example", 2775)
                .credentials("shop", password)
                .window(20)
                .messageIdTag(0x1401);

        assertThat(gateway.prepare(new TextContent("Hi")).cost()).isEqualTo(Money.of(850, "VND"));
        assertThat(centre.slots()).isEqualTo(20);

        String target = "/hooks/sms/c?SMSID=7&SendStatus=1";
        var headers = Map.<String, List<String>>of();
        byte[] body = {};
        var callback = gateway.receive(new RawCallback("GET", target, headers, body));
        assertThat(callback.receipts()).hasSize(1);
    }

    @Test
    void showsADescriptionThatWorks() throws IOException {
        var gateway = HttpSms.described(
                blocks("json").get(0),
                Credentials.of(Map.of("Account", "a", "Password", "p", "CallbackSecret", "c4llback")));

        var receipt = gateway.receive(get("/acme/c4llback?dlr=2&network_code=5&id=7&done=2026-11-23+09:00:00"))
                .receipts()
                .get(0);
        var inbound = gateway.receive(get("/acme/c4llback?mo=1&id=8&from=0901234567&to=8088&text=TC"))
                .inbound()
                .get(0);

        assertThat(gateway.id()).isEqualTo("sms-acme");
        assertThat(receipt.status()).isEqualTo(Receipt.Status.BOUNCED);
        assertThat(receipt.occurredAt()).isEqualTo(Instant.parse("2026-11-23T02:00:00Z"));
        assertThat(inbound.from().value()).isEqualTo("+84901234567");
    }

    @Test
    void tellsTheFieldsOfTheGenericGateway() {
        var gateway = HttpSms.gateway(
                "generic",
                Credentials.of(Map.of("Url", "https://sms.example", "Token", "t", "CallbackSecret", "c4llback")));
        String receipt = "&status=failed&code=bad-number&id=" + "0".repeat(32) + "&messageId=7&at=2026-11-23T02:00:00Z";
        String reply = "&messageId=8&from=%2B84901234567&to=8088&text=TC&at=2026-11-23T02:00:00Z";

        var reported =
                gateway.receive(get("/hooks/sms?token=c4llback" + receipt)).receipts();
        var replied = gateway.receive(get("/hooks/sms?token=c4llback" + reply)).inbound();
        var forged = gateway.receive(get("/hooks/sms?token=c4ll" + reply));

        assertThat(reported).extracting(Receipt::status).containsExactly(Receipt.Status.BOUNCED);
        assertThat(replied).extracting(inbound -> inbound.text()).containsExactly("TC");
        assertThat(forged.answer().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Url",
                "Token",
                "accepted",
                "queued",
                "sent",
                "messageId",
                "price",
                "duplicate",
                "bad-number",
                "opted-out",
                "bad-sender",
                "refused",
                "no-balance",
                "busy",
                "message",
                "template",
                "language",
                "parameters",
                "token",
                "delivered",
                "expired",
                "failed",
                "delayed",
                "id",
                "at",
                "code",
                "from",
                "to",
                "text"
            })
    void tellsEachWordOfTheGenericGateway(String word) throws IOException {
        String description = Files.readString(Path.of("src/main/resources/dev/throughline/sms/http/generic.json"));

        assertThat(description).containsPattern("[\"/.]" + word + "[\"}]");
        assertThat(Files.readString(GUIDE)).containsPattern("[`\"]" + word + "[`\"]");
    }

    @Test
    void showsCodeThatStandsHere() throws IOException {
        String source = withoutSpace(Files.readString(SOURCE));

        assertThat(blocks("java")).hasSize(3).allSatisfy(block -> assertThat(source)
                .contains(withoutSpace(block)));
    }

    private static RawCallback get(String target) {
        return new RawCallback("GET", target, Map.of(), new byte[0]);
    }

    private static List<String> blocks(String language) throws IOException {
        String guide = Files.readString(GUIDE, StandardCharsets.UTF_8);
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.MessageClass;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.PhoneForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionTest {

    private static final String SMALLEST = """
        {"name": "mine",
         "request": {"url": "https://sms.example/send", "json": {"to": "{{to}}", "text": "{{text}}"}},
         "answer": {"accepted": {"/ok": "true"}}}\
        """;

    @Test
    void needsLittle() {
        var description = Description.read("mine.json", SMALLEST, Set.of());

        assertThat(description.address()).isEqualTo(PhoneForm.E164);
        assertThat(description.request().method()).isEqualTo("POST");
        assertThat(description.types()).isEmpty();
        assertThat(description.callbacks()).isNull();
    }

    @Test
    void mapsClassesToTheGatewaysTypes() {
        var json = SMALLEST.replace(
                "\"name\": \"mine\",", "\"name\": \"mine\", \"types\": {\"MARKETING\": \"1\", \"default\": \"2\"},");
        var types = Description.read("mine.json", json, Set.of()).types();

        assertThat(types)
                .hasSize(6)
                .containsEntry(MessageClass.MARKETING, "1")
                .containsEntry(MessageClass.SERVICE, "2");
    }

    @Test
    void refusesAQuestionThatItCannotAsk() {
        var json = SMALLEST.replace(
                "\"name\": \"mine\",",
                "\"name\": \"mine\", \"status\": {\"request\": {\"url\": \"https://sms.example/{{text}}\", \"form\": {}},"
                        + " \"answer\": {\"accepted\": {\"/id\": \"*\"}}},");

        assertThatThrownBy(() -> Description.read("mine.json", json, Set.of())).hasMessage("""
                        SMS gateway description 'mine.json' has 2 faults:
                          /status/request/method is missing; expected GET, without form and json, or POST
                          /status/request has {{text}}; expected secret.NAME or one of id, reference, to, to.e164, to.international, to.national""");
    }

    @Test
    void namesAllFaultsAtOnce() {
        var json = """
            {"name": "My Gateway", "adress": "E164", "address": "LOCAL", "types": {"PROMO": "1"},
             "text": {"segments": 300},
             "request": {"method": "GET", "url": "sms.example", "headers": {"X-Key": "{{secret.Key}}"},
               "json": {"to": "{{phone}}"}, "form": {}},
             "answer": {"accepted": {}, "errors": {"7": {"result": "NO", "cause": "BROKE"}},
               "price": {"path": "price", "currency": "dong"}},
             "callbacks": {"secret": {"in": "QUERY"},
               "receipt": {"when": {"id": "*"}, "status": []}}}\
            """;

        assertThatThrownBy(() -> Description.read("mine.json", json, Set.of("Token")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("""
                    SMS gateway description 'mine.json' has 19 faults:
                      /adress is unknown; expected one of name, about, address, senders, types, text, request, \
                    template, answer, status, callbacks
                      /name is 'My Gateway'; expected lower-case letters, digits and hyphens
                      /address is 'LOCAL'; expected E164, INTERNATIONAL, NATIONAL
                      /types/PROMO is unknown; expected one of REGULATORY, ONE_TIME_CODE, TRANSACTIONAL, SERVICE, \
                    CONSENT_REQUEST, MARKETING or default
                      /text/segments is 300; expected a number from 1 to 255
                      /request/method is 'GET'; expected POST or PUT (clients and proxies repeat a GET by \
                    themselves, and the message with it)
                      /request has both form and json; expected one of them
                      /request/url is 'sms.example'; expected an https address or the place of a secret that holds one
                      /answer/accepted is {}; expected an object of JSON pointers and values, such as {"/code": "0"}
                      /answer/price/currency is 'dong'; expected an ISO 4217 code such as VND
                      /answer/price/path is 'price'; expected a JSON pointer such as /code
                      /answer/errors/7/result is 'NO'; expected REJECTED, NOT_SENT, DUPLICATE, UNKNOWN
                      /answer/errors/7/cause is 'BROKE'; expected BAD_ADDRESS, UNREACHABLE, MAILBOX_FULL, \
                    OPTED_OUT, COMPLAINT, BLOCKED_POLICY, CONTENT_REFUSED, TOO_LARGE, SENDER_NOT_ALLOWED, AUTH, \
                    BALANCE, QUOTA, THROTTLED, EXPIRED, WINDOW_CLOSED, NOT_CAPABLE, NETWORK, VENDOR_INTERNAL, \
                    UNCLASSIFIED
                      /callbacks/secret/name is missing; expected the parameter's or header's name
                      /callbacks/receipt has neither message nor reference; expected where an id stands
                      /callbacks/receipt/status is []; expected a list of rules such as {"when": {"/status": "1"}, \
                    "is": "DELIVERED"}
                      /callbacks/receipt/when/id is 'id'; expected a JSON pointer such as /code
                      /request has {{phone}}; expected secret.NAME or one of to, to.e164, to.international, \
                    to.national, from, text, unicode, segments, id, type, callbackUrl, template.id, \
                    template.language, template.parameters
                      /request fills in {{secret.Key}}: add credential Key; given: [Token]\
                    """);
    }

    @Test
    void saysThatItIsNotJson() {
        assertThatThrownBy(() -> Description.read("mine.json", "{\"name\": ", Set.of()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessageStartingWith("SMS gateway description 'mine.json' is not JSON: ");
    }

    @Test
    void asksForTheSecretsOfTheGateway() {
        assertThatThrownBy(() -> HttpSms.gateway("esms", Credentials.of(Map.of("ApiKey", "k"))))
                .hasMessage("SMS gateway description 'esms' has 1 fault:\n"
                        + "  /request fills in {{secret.SecretKey}}: add credential SecretKey; given: [ApiKey]");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("mine.json"), SMALLEST);

        assertThat(HttpSms.described(file, Credentials.of(Map.of())).id()).isEqualTo("sms-mine");
        assertThatThrownBy(() -> HttpSms.described(folder.resolve("none.json"), Credentials.of(Map.of())))
                .hasMessage("SMS gateway description " + folder.resolve("none.json") + " cannot be read");
    }

    @Test
    void refusesACallbackUrlThatWouldNeverBeCalled() {
        assertThatThrownBy(() ->
                        HttpSms.described(SMALLEST, Credentials.of(Map.of())).callbackUrl("https://shop.example"))
                .hasMessage("SMS gateway sms-mine: its description has no callbacks, so that callbackUrl"
                        + " 'https://shop.example' would never be called");
    }

    @Test
    void writesNumbersInTheGatewaysForm() {
        assertThat(PhoneForm.NATIONAL.of("+84901234567")).isEqualTo("0901234567");
        assertThat(PhoneForm.INTERNATIONAL.of("+84901234567")).isEqualTo("84901234567");
        assertThat(PhoneForm.E164.of("+84901234567")).isEqualTo("+84901234567");
    }
}

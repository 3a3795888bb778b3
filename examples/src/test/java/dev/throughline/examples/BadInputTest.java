// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.userId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.Throughline;
import dev.throughline.identity.Identity;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.touchpoint.Origin;
import dev.throughline.touchpoint.Touchpoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls at the front door that a host should not have made: each is refused alone and says why, and who comes next is served. */
@Timeout(120)
class BadInputTest {

    private static final Identity LAN = userId("lan");
    private static final Instant MORNING = TestClock.at("2026-11-23T09:00+07:00");
    private static final String CLOCK = ", expected an instant from 2000-01-01T00:00:00Z"
            + " to five minutes after its reception at 2026-11-23T02:00:00Z";

    private static final String VIETNAMESE = "+84900000002 if it is Vietnamese";

    @TempDir
    private Path directory;

    private record Refusal(Consumer<Throughline> call, String words) {}

    @Test
    void refusesAMalformedTouchpoint() {
        refuses(
                new Refusal(
                        host -> host.track(LAN, "Product\nAdded", Map.of()),
                        "touchpoint 'ID' (Product\\nAdded): name of 13 characters,"
                                + " expected 1 to 200 without line breaks"),
                new Refusal(
                        host -> host.track(LAN, "Product Added", Map.of("product", new Object())),
                        "touchpoint 'ID' (Product Added), property 'product': a java.lang.Object,"
                                + " expected text, number, boolean, instant, date, list or map"),
                new Refusal(
                        host -> host.track(LAN, "Product Added", null),
                        "touchpoint (Product Added): properties is missing, expected a map, which may be empty"),
                new Refusal(
                        host -> host.identify(LAN, Map.of("phone", 84_900_000_002L)),
                        "identify of userId, trait 'phone': a java.lang.Long, expected text such as +84901234567"));
    }

    @Test
    void refusesATouchpointOfNobody() {
        refuses(
                new Refusal(
                        host -> host.track(null, "Product Added", Map.of()),
                        "touchpoint 'ID' (Product Added): no identity, expected at least one such as userId"),
                new Refusal(
                        host -> host.track(userId(""), "Product Added", Map.of()),
                        "identity value of 0 characters:"
                                + " expected 1 to 256 characters without line breaks, control characters or halves of characters"),
                new Refusal(
                        host -> host.link(LAN, null),
                        "touchpoint 'ID' (identify): no identity, expected at least one such as userId"));
    }

    @Test
    void refusesATouchpointOf1970AndOf2099() {
        refuses(
                new Refusal(
                        host -> host.record(happened("1970-01-01T00:00:01Z", MORNING)),
                        "touchpoint 't-1' (Product Added): occurred at 1970-01-01T00:00:01Z" + CLOCK),
                new Refusal(
                        host -> host.record(happened("2099-01-01T00:00:00Z", MORNING)),
                        "touchpoint 't-1' (Product Added): occurred at 2099-01-01T00:00:00Z" + CLOCK),
                new Refusal(
                        host -> host.record(happened("2099-01-01T00:00:00Z", Instant.parse("2099-01-01T00:00:00Z"))),
                        "touchpoint 't-1' (Product Added): received at 2099-01-01T00:00:00Z,"
                                + " expected no later than 2026-11-23T02:05:00Z, five minutes from now"));
    }

    @Test
    void refusesAPropertyOfTenMegabytes() {
        String large = "x".repeat(10 << 20);
        refuses(
                new Refusal(
                        host -> host.track(LAN, "Product Added", Map.of("product", large)),
                        "touchpoint 'ID' (Product Added), property 'product':"
                                + " 10485767 characters, expected at most 32768"),
                new Refusal(
                        host -> host.identify(LAN, Map.of("firstName", large)),
                        "identify of userId, trait 'firstName':" + " 10485769 characters, expected at most 32768"),
                new Refusal(
                        host -> host.identify(LAN, Map.of(large, "Lan")),
                        "identify of userId, trait '" + "x".repeat(60)
                                + "…': 10485763 characters, expected at most 32768"));
    }

    @Test
    void refusesAnAddressWithALineBreak() {
        refuses(
                new Refusal(
                        host -> host.identify(LAN, Map.of("email", "lan@example.com\r\nBcc: all@example.com")),
                        "identify of userId, trait 'email': e-mail address 'lan@example.com\\r"
                                + "\\n"
                                + "Bcc: all@example.com': expected one address such as mai@example.com, without spaces,"
                                + " brackets or line breaks"),
                new Refusal(
                        host -> host.identify(LAN, Map.of("phone", "+84900000002\r\nTo: +84900000003")),
                        "identify of userId, trait 'phone': phone number '+84900000002\\r"
                                + "\\n"
                                + "To: +84900000003': expected the international form with '+' and country code, such as"
                                + " +84901234567"));
    }

    @Test
    void refusesANumberInANationalForm() {
        refuses(
                new Refusal(
                        host -> host.identify(LAN, Map.of("phone", "0900000002")), national("0900000002", VIETNAMESE)),
                new Refusal(
                        host -> host.identify(LAN, Map.of("phone", "84900000002")),
                        national("84900000002", VIETNAMESE)),
                new Refusal(
                        host -> host.identify(LAN, Map.of("phone", "(030) 901820")),
                        national("(030) 901820", "+84901234567")));
    }

    @Test
    void refusesACallbackForAnAdapterThatIsNotThere() {
        refuses(new Refusal(
                host -> host.callback("sms-esms", RecordingSms.receipt("r-1", "7")),
                "no adapter 'sms-esms': expected one of [sms-recording]"));
    }

    /** Nothing of what is refused is left behind, and Mai, who comes after it, is reminded of her basket. */
    private void refuses(Refusal... refusals) {
        try (Hosts hosts =
                Hosts.on(Database.SQLITE, directory, "2026-11-23T09:00+07:00").opened()) {
            for (Refusal refusal : refusals) {
                assertThatThrownBy(() -> refusal.call.accept(hosts.web()))
                        .isInstanceOf(ThroughlineException.class)
                        .extracting(thrown -> thrown.getMessage().replaceAll("[0-9a-f-]{36}", "ID"))
                        .isEqualTo(refusal.words);
            }
            Identity mai = hosts.customer("mai", "+84 90 000 0001");
            hosts.web().track(mai, "Product Added", Map.of("product", "Bo am chen"));
            hosts.clock.moveTo("2026-11-23T10:00+07:00");
            Hosts.await("she is reminded", () -> !hosts.sms.sent().isEmpty());

            assertThat(hosts.sms.sent()).hasSize(1);
            assertThat(hosts.web().queries().customer(LAN)).isEmpty();
            assertThat(hosts.web().deadLetters().all()).isEmpty();
        }
    }

    private static Touchpoint happened(String occurredAt, Instant receivedAt) {
        return new Touchpoint(
                "t-1",
                Touchpoint.Call.TRACK,
                "Product Added",
                List.of(LAN),
                Instant.parse(occurredAt),
                receivedAt,
                Map.of(),
                "web",
                Origin.LIVE);
    }

    private static String national(String number, String example) {
        return "identify of userId, trait 'phone': phone number '" + number
                + "': expected the international form with '+' and country code, such as " + example;
    }
}

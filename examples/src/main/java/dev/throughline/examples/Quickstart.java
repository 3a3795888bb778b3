// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.hours;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Actor.SUBJECT;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.engine.Delivery.LIVE;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;

import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.consent.Grant;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Sender;
import dev.throughline.jdbc.JdbcStore;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.policy.Registry;
import dev.throughline.rehearsal.Rehearsal;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.http.HttpSms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** The two screens of the README: a campaign rehearsed, and the same campaign embedded. */
public final class Quickstart {

    private Quickstart() {}

    /**
     * Rehearses the basket reminder and then embeds it, with a mail server started in this process.
     *
     * @param args none are read
     * @throws IOException if no file can be made
     * @throws SQLException if the host's own transaction fails
     */
    public static void main(String[] args) throws IOException, SQLException {
        rehearse();
        Path folder = Files.createTempDirectory("throughline");
        try (var smtp = SmtpServer.on(InstantSource.system()).start()) {
            embed(folder.resolve("shop.db"), smtp.port());
        }
    }

    static void rehearse() {
        // spotless:off readme: rehearse
        var shop = Brand.named("Shop").country("VN").sender(SMS, "SHOP").optOutBySms("TC", "8088").optOutByCall("1900 0000");

        var reminder = Message.marketing("basket-reminder", shop)
                .on(EMAIL, mail("{{ customer.firstName }}, your basket is waiting", "<p>{{ event.product }} is still there.</p>"))
                .on(SMS, text("{{ event.product }} dang cho ban: {{ event.url }}"));

        var basketRecovery = Campaign.named("basket-recovery").journey(j -> j
                .startOn(event("Product Added"))
                .exitOn(event("Order Completed"))
                .delay(hours(1))
                .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS)));

        var report = Rehearsal.of(basketRecovery).under(Policy.vietnam()).startingAt("2026-11-23T09:00+07:00")
                .customer("mai", m -> m.trait("firstName", "Mai").email("mai@example.com").phone("+84 90 000 0001").grants(ADVERTISING, EMAIL, SMS)
                        .does("Product Added", Map.of("product", "Tea set", "url", "https://shop.example/b/7")))
                .advance(hours(6))
                .report();
        System.out.println(report);
        // spotless:on
    }

    static void embed(Path file, int smtpPort) throws SQLException {
        var basketRecovery = basketRecovery();
        var registry = Registry.none(Instant.EPOCH.plus(Duration.ofDays(36_500)));
        var credentials =
                Credentials.of(Map.of("Url", "http://127.0.0.1:9/", "Token", "none", "CallbackSecret", "s3cret"));
        // spotless:off readme: embed
        try (var throughline = Throughline.open(t -> t
                .store(JdbcStore.sqlite(file)).environment("production").delivery(LIVE)
                .channel(SmtpEmail.at("127.0.0.1", smtpPort).tls(Tls.NONE))
                .channel(HttpSms.gateway("generic", credentials))
                .policy(Policy.vietnam(v -> v.doNotCall(registry)))
                .campaign(basketRecovery))) {

            var mai = userId("KH-88123");
            throughline.identify(mai, Map.of("firstName", "Mai", "email", "mai@example.com", "phone", "+84900000001"));
            throughline.consent(mai).record(Grant.of(ADVERTISING).on(EMAIL, SMS).actor(SUBJECT).shown(notice("checkout", 3)));
            throughline.track(mai, "Product Added", Map.of("product", "Tea set", "url", "https://shop.example/b/7"));
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                connection.setAutoCommit(false);
                throughline.joining(connection).track(mai, "Order Completed", Map.of("order_id", "A-17", "total", 450_000)); // with the host's order row
                connection.commit();
            }
            System.out.println(throughline.explain(mai, "basket-recovery"));
            System.out.println(throughline.explain(mai, "basket-recovery").in(Locale.forLanguageTag("vi")));
        }
        // spotless:on
    }

    private static Campaign basketRecovery() {
        var until = Instant.parse("2028-01-01T00:00:00Z");
        var shop = Brand.named("Shop")
                .country("VN")
                .sender(SMS, Sender.of("SHOP").registeredUntil(until))
                .sender(EMAIL, "Shop <news@shop.example>")
                .optOutBySms("TC", "8088")
                .optOutByCall("1900 0000")
                .optOutByEmail("stop@shop.example")
                .optOutByWeb("https://shop.example/unsubscribe/");
        var reminder = Message.marketing("basket-reminder", shop)
                .on(
                        EMAIL,
                        mail(
                                "{{ customer.firstName }}, your basket is waiting",
                                "<p>{{ event.product }} is still there.</p>"))
                .on(SMS, text("{{ event.product }} dang cho ban: {{ event.url }}"));
        return Campaign.named("basket-recovery").journey(j -> j.startOn(event("Product Added"))
                .exitOn(event("Order Completed"))
                .delay(hours(1))
                .send(reminder, first(EMAIL).thenIfNoResponse(hours(4), SMS)));
    }
}

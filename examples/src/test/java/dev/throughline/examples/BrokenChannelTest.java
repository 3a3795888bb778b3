// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.mail;
import static dev.throughline.Words.notice;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.consent.Purpose.ADVERTISING;
import static dev.throughline.identity.Channel.EMAIL;
import static dev.throughline.identity.Channel.SMS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Health;
import dev.throughline.channel.RawCallback;
import dev.throughline.consent.Grant;
import dev.throughline.email.SmtpEmail;
import dev.throughline.email.Tls;
import dev.throughline.engine.Delivery;
import dev.throughline.examples.servers.SmscAnswer;
import dev.throughline.examples.servers.SmscServer;
import dev.throughline.examples.servers.SmtpServer;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Channel;
import dev.throughline.identity.Identity;
import dev.throughline.identity.Sender;
import dev.throughline.identity.ThroughlineException;
import dev.throughline.message.Draft;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.http.HttpSms;
import dev.throughline.sms.smpp.SmppSms;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers, gateways and templates that fail: their messages get a verdict that says so, and the others go on. */
@Timeout(120)
class BrokenChannelTest {

    private static final Identity MAI = userId("mai");
    private static final Identity LAN = userId("lan");
    private static final Brand SHOP = Brand.named("Shop")
            .country("VN")
            .sender(SMS, Sender.of("SHOP").registeredUntil(Instant.parse("2036-01-01T00:00:00Z")))
            .sender(EMAIL, "Shop <news@shop.example>")
            .optOutBySms("TC", "8088")
            .optOutByCall("1900 0000");

    private final TestClock clock = new TestClock("2026-11-23T09:00+07:00");
    private final SmtpServer mails = SmtpServer.on(clock).start();
    private final RecordingSms texts = new RecordingSms();

    @AfterEach
    void close() {
        mails.close();
    }

    @Test
    void aDeadMailServerHoldsUpNoText() throws IOException {
        try (var host = open(SmtpEmail.at("127.0.0.1", deadPort()).tls(Tls.NONE), texts)) {
            host.track(MAI, "Order Completed", Map.of("order_id", "A-17"));
            awaitVerdict(host, MAI, "sms SENT");
            Hosts.await(
                    "it is noticed",
                    () -> host.health().adapters().get("email-smtp").state() == Health.State.DOWN);

            clock.moveTo("2026-11-27T09:00+07:00");
            awaitVerdict(host, MAI, "email FAILED(EXPIRED)");
        }
    }

    @Test
    void anSmscThatNeverAnswersHoldsUpNoMail() {
        try (var silent = SmscServer.on(clock)
                        .answering(submission -> SmscAnswer.SILENCE)
                        .start();
                var host = open(email(), SmppSms.at("127.0.0.1", silent.port()).credentials("shop", "shop"))) {
            host.track(MAI, "Order Completed", Map.of("order_id", "A-17"));
            awaitVerdict(host, MAI, "email SENT");
            awaitVerdict(host, MAI, "sms UNKNOWN(NETWORK)");

            assertThat(mails.received()).hasSize(1);
            assertThat(silent.submissions()).hasSize(1);
        }
    }

    @Test
    void aGatewayThatSays200AndMeansNoFailsItsMessageAlone() throws IOException {
        try (var gateway = new NoGateway();
                var host = open(email(), gateway.adapter())) {
            host.track(MAI, "Order Completed", Map.of("order_id", "A-17"));
            host.track(LAN, "Order Completed", Map.of("order_id", "A-18"));
            awaitVerdict(host, MAI, "sms SENT");
            awaitVerdict(host, LAN, "sms FAILED(CONTENT_REFUSED)");

            awaitVerdict(host, MAI, "email SENT");
            awaitVerdict(host, LAN, "email SENT");
        }
    }

    @Test
    void aForgedCallbackIsRefusedAndChangesNothing() throws IOException {
        try (var gateway = new NoGateway();
                var host = open(email(), gateway.adapter())) {
            host.consent(MAI)
                    .record(Grant.of(ADVERTISING)
                            .on(SMS)
                            .shown(notice("checkout", 3))
                            .method("web form"));
            var forged = host.callback("sms-generic", stop("guessed"));
            host.track(MAI, "Product Added", Map.of());
            awaitVerdict(host, MAI, "sms SENT");

            var genuine = host.callback("sms-generic", stop("c4llback"));
            host.track(MAI, "Product Added", Map.of());
            awaitVerdict(host, MAI, "sms SKIPPED(WITHDRAWN)");

            assertThat(forged.status()).isEqualTo(401);
            assertThat(genuine.status()).isEqualTo(200);
        }
    }

    @Test
    void aMessageWithoutAddressIsSkippedAndTheOtherChannelIsUsed() {
        try (var host = open(email(), texts)) {
            Identity nobody = userId("nobody");
            host.identify(nobody, Map.of("email", "nobody@example.com"));
            host.track(nobody, "Order Completed", Map.of("order_id", "A-17"));
            awaitVerdict(host, nobody, "email SENT");

            assertThat(verdicts(host, nobody)).contains("sms SKIPPED(NO_ADDRESS)");
        }
    }

    @Test
    void aMessageWhoseVariableIsMissingFailsAloneAndNamesIt() {
        try (var host = open(email(), texts)) {
            host.track(LAN, "Order Completed", Map.of());
            host.track(MAI, "Order Completed", Map.of("order_id", "A-17"));
            awaitVerdict(host, MAI, "email SENT");
            awaitVerdict(host, MAI, "sms SENT");

            assertThat(verdicts(host, LAN)).containsOnly("email FAILED(RENDER_FAILED)", "sms FAILED(RENDER_FAILED)");
            assertThat(host.explain(LAN, "order-sms").toString()).contains("event.order_id");
            assertThat(texts.sent()).hasSize(1);
        }
    }

    @Test
    void aTemplateThatWouldNeverEndFailsAloneAndSaysSo() {
        var endless = text("{% for a in event.items %}{% for b in event.items %}{{ event.order_id }}"
                + "{% endfor %}{% endfor %}");
        try (var host =
                open(List.of(onOrder(EMAIL, mail("Order", "<p>Thanks.</p>")), onOrder(SMS, endless)), email(), texts)) {
            host.track(LAN, "Order Completed", Map.of("order_id", "A-17", "items", Collections.nCopies(3_000, 1)));
            host.track(MAI, "Order Completed", Map.of("order_id", "A-18", "items", List.of(1)));
            awaitVerdict(host, MAI, "sms SENT");
            awaitVerdict(host, LAN, "email SENT");

            assertThat(verdicts(host, LAN)).contains("sms FAILED(RENDER_FAILED)");
        }
    }

    @Test
    void aTemplateWithoutEndIsRefusedWhereItIsWritten() {
        assertThatThrownBy(() -> onOrder(SMS, text("Xin chao\n{% if event.order_id %}{{ event.order_id }}")))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("template \"order-sms/sms\", line 2: {% if %} is never closed, expected {% endif %}");
    }

    @Test
    void aMessageOnAChannelWithoutAdapterIsRefusedAtOpen() {
        assertThatThrownBy(() -> open(email()))
                .isInstanceOf(ThroughlineException.class)
                .hasMessage("""
                        Throughline cannot be opened; it needs
                          - campaign 'order-sms', message 'order-sms': an adapter for sms, have [email]
                          - campaign 'basket', message 'basket': an adapter for sms, have [email]""");
    }

    private Throughline open(ChannelAdapter... adapters) {
        return open(
                List.of(
                        onOrder(EMAIL, mail("Order {{ event.order_id }}", "<p>Thanks.</p>")),
                        onOrder(SMS, text("SHOP: da nhan don hang {{ event.order_id }}")),
                        basket()),
                adapters);
    }

    private Throughline open(List<Campaign> campaigns, ChannelAdapter... adapters) {
        var host = Throughline.open(setup -> {
            setup.store(new MemoryStore())
                    .environment("production")
                    .delivery(Delivery.LIVE)
                    .policy(Policy.vietnam().doNotCall(Hosts.fresh(clock)))
                    .clock(clock)
                    .lease(Duration.ofSeconds(12));
            campaigns.forEach(setup::campaign);
            List.of(adapters).forEach(setup::channel);
        });
        host.identify(MAI, Map.of("email", "mai@example.com", "phone", "+84900000001"));
        host.identify(LAN, Map.of("email", "lan@example.com", "phone", "+84900000002"));
        return host;
    }

    private ChannelAdapter email() {
        return SmtpEmail.at("127.0.0.1", mails.port()).tls(Tls.NONE);
    }

    private static Campaign onOrder(Channel channel, Draft draft) {
        String name = "order-" + channel.name();
        var message = Message.transactional(name, SHOP).on(channel, draft);
        return Campaign.named(name)
                .journey(j -> j.startOn(event("Order Completed")).send(message, first(channel)));
    }

    private static Campaign basket() {
        var message = Message.marketing("basket", SHOP).on(SMS, text("Gio hang dang cho ban"));
        return Campaign.named("basket")
                .journey(j -> j.startOn(event("Product Added")).send(message, first(SMS)));
    }

    private static void awaitVerdict(Throughline host, Identity her, String verdict) {
        Hosts.await(her + " has " + verdict, () -> verdicts(host, her).contains(verdict));
    }

    private static List<String> verdicts(Throughline host, Identity her) {
        return host.queries().decisions(her).stream()
                .map(decision -> decision.channel().name() + " " + decision.verdict())
                .toList();
    }

    private static int deadPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RawCallback stop(String secret) {
        String body = "{\"messageId\":\"m-1\",\"from\":\"84900000001\",\"to\":\"8088\",\"text\":\"TC\","
                + "\"at\":\"2026-11-23T02:00:00Z\"}";
        return new RawCallback(
                "POST",
                "/sms?token=" + secret,
                Map.of("Content-Type", List.of("application/json")),
                body.getBytes(UTF_8));
    }

    /** A gateway that answers 200 to everybody and takes nothing for Lan. */
    private static final class NoGateway implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        NoGateway() throws IOException {
            server.createContext("/", NoGateway::answer);
            server.start();
        }

        HttpSms adapter() {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/send";
            return HttpSms.gateway(
                    "generic", Credentials.of(Map.of("Url", url, "Token", "t0ken", "CallbackSecret", "c4llback")));
        }

        private static void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                boolean lan = new String(exchange.getRequestBody().readAllBytes(), UTF_8).contains("84900000002");
                byte[] answer = (lan
                                ? "{\"status\":\"error\",\"code\":\"refused\",\"message\":\"not this text\"}"
                                : "{\"status\":\"accepted\",\"messageId\":\"7f\"}")
                        .getBytes(UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.MessageClass;
import dev.throughline.channel.MessageId;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.SendResult.Accepted;
import dev.throughline.channel.SendResult.Duplicate;
import dev.throughline.channel.SendResult.NotSent;
import dev.throughline.channel.SendResult.Rejected;
import dev.throughline.channel.SendResult.Unknown;
import dev.throughline.channel.Sought;
import dev.throughline.channel.TemplateContent;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Money;
import dev.throughline.identity.Sender;
import dev.throughline.sms.Credentials;
import dev.throughline.sms.Diacritics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

class HttpSmsTest {

    private static final Credentials ESMS =
            Credentials.of(Map.of("ApiKey", "k3y", "SecretKey", "s3cret", "CallbackSecret", "c4llback"));
    private static final MessageId ID = new MessageId("0123456789abcdef0123456789abcdef");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Gateway gateway = new Gateway();
    private final HttpSms esms = HttpSms.gateway("esms", ESMS).endpoint(gateway.url());

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void writesWhatTheDescriptionSays() {
        gateway.answers(200, "{\"CodeResult\":\"100\",\"SMSID\":\"7f\"}");

        esms.callbackUrl("https://shop.example/sms/esms")
                .send(text("Chào Mai"), SOON)
                .toCompletableFuture()
                .join();

        assertThat(new ObjectMapper().readTree(gateway.requests().get(0).body()))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"ApiKey":"k3y","SecretKey":"s3cret","Phone":"0901234567","Content":"Chào Mai",
                        "Brandname":"SHOP","SmsType":"2","IsUnicode":"0","RequestId":"0123456789abcdef0123456789abcdef",
                        "CallbackUrl":"https://shop.example/sms/esms/c4llback"}"""));
    }

    @Test
    void takesTheDescribedSuccessAsAcceptance() {
        gateway.answers(200, "{\"CodeResult\":\"100\",\"SMSID\":\"7f\"}");

        assertThat(send(esms)).isEqualTo(new Accepted(List.of("7f"), null));
        assertThat(esms.health()).isEqualTo(new Health(Health.State.UP, "HTTP 200"));
    }

    @Test
    void readsA200ThatMeansNo() {
        gateway.answers(200, "{\"CodeResult\":\"103\",\"ErrorMessage\":\"Balance of 0901234567, key k3y, is low\"}");

        assertThat(send(esms))
                .isEqualTo(new NotSent(
                        FailureCause.BALANCE,
                        Scope.CHANNEL,
                        null,
                        "HTTP 200, code 103: Balance of ***, key ***, is low"));
    }

    @Test
    void losesNoMessageWhenTheTokenChangesWhileMessagesGoOut() {
        var valid = new AtomicReference<>("old");
        var vault = new AtomicReference<>("old");
        gateway.answers(200, "{\"status\":\"accepted\"}")
                .only(request -> request.headers().get("Authorization").contains("Bearer " + valid.get()));
        try (var generic = HttpSms.gateway(
                "generic",
                Credentials.from(() -> Map.of(
                        "Url", gateway.url().toString(),
                        "Token", vault.getAndSet(valid.get()), // what changes is known to the vault a moment later
                        "CallbackSecret", "c4llback")))) {
            for (int number = 0; number < 10; number++) {
                if (number == 3 || number == 7) {
                    valid.set("new" + number);
                }
                assertThat(send(generic)).isInstanceOf(Accepted.class);
            }
            assertThat(gateway.requests()).hasSize(12);
        }
    }

    @Test
    void doesNotRepeatARequestWhoseSecretsAreStillTheSame() {
        gateway.only(request -> false);
        try (var generic = HttpSms.gateway(
                "generic", Credentials.from(() -> Map.of("Url", gateway.url().toString(), "Token", "t0ken")))) {
            assertThat(send(generic)).isEqualTo(new NotSent(FailureCause.AUTH, Scope.CHANNEL, null, "HTTP 401"));
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void sendsNothingWithoutItsSecrets() {
        var locked = new AtomicBoolean();
        try (var generic = HttpSms.gateway("generic", Credentials.from(() -> {
            if (locked.get()) {
                throw new IllegalStateException("the vault is locked: t0ken");
            }
            return Map.of("Url", gateway.url().toString(), "Token", "t0ken");
        }))) {
            locked.set(true);

            assertThat(send(generic))
                    .isEqualTo(
                            new NotSent(FailureCause.AUTH, Scope.CHANNEL, null, "the credentials could not be read"));
            assertThat(find(generic)).isInstanceOf(Unknown.class);
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void asksAsTheDescriptionSays() {
        var described = described("""
                {"method": "POST", "url": "%s", "headers": {"X-Key": "{{secret.ApiKey}}"},
                 "form": {"ref": "{{reference}}", "id": "{{id}}", "to": "{{to}}"}}""");
        gateway.answers(200, "{\"sms\":{\"id\":\"7f\"}}");

        assertThat(find(described, "7e", "7f")).isEqualTo(new Accepted(List.of("7f"), null));

        var request = gateway.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers()).containsEntry("X-key", List.of("k3y"));
        assertThat(request.body()).isEqualTo("ref=7e&id=0123456789abcdef0123456789abcdef&to=%2B84901234567");
        described.close();
    }

    @Test
    void concludesNothingFromAnAnswerThatTheDescriptionDoesNotName() {
        var described = described("{\"url\": \"%s?id={{id}}\"}");

        gateway.answers(404, "no such path");
        assertThat(find(described)).isEqualTo(new Unknown(FailureCause.UNCLASSIFIED, List.of(), "HTTP 404"));
        gateway.answers(401, "{\"error\":\"key k3y\"}");
        assertThat(find(described)).isInstanceOf(Unknown.class);
        gateway.answers(200, "{\"error\":\"44\"}");
        assertThat(find(described))
                .isEqualTo(new NotSent(FailureCause.NETWORK, Scope.MESSAGE, null, "HTTP 200, code 44"));
        assertThat(gateway.requests())
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        described.close();
    }

    @Test
    void cannotLookUpWithoutADescriptionOfHow() {
        assertThat(esms.lookUp()).isEmpty();
    }

    private HttpSms described(String request) {
        String json = """
                {"name": "mine", "request": {"url": "https://sms.example/send", "json": {"to": "{{to}}"}},
                 "answer": {"accepted": {"/ok": "1"}},
                 "status": {"request": %s, "answer": {"accepted": {"/sms/id": "*"}, "reference": "/sms/id", "code": "/error",
                   "errors": {"44": {"result": "NOT_SENT", "cause": "NETWORK", "scope": "MESSAGE"}}}}}""".formatted(request.formatted(gateway.url()));
        return HttpSms.described(json, Credentials.of(Map.of("ApiKey", "k3y")));
    }

    private static SendResult find(HttpSms adapter, String... references) {
        var sought = new Sought(
                new MessageId("0123456789abcdef0123456789abcdef"),
                Address.phone("+84 90 123 4567"),
                List.of(references));
        return adapter.lookUp()
                .orElseThrow()
                .find(sought, SOON)
                .toCompletableFuture()
                .join();
    }

    @Test
    void readsADuplicateAsTakenBefore() {
        gateway.answers(200, "{\"CodeResult\":\"124\",\"SMSID\":\"7f\"}");

        assertThat(send(esms)).isEqualTo(new Duplicate(List.of("7f")));
    }

    @Test
    void refusesWhatTheGatewayRefusesForGood() {
        gateway.answers(200, "{\"CodeResult\":99}");

        assertThat(send(esms)).isEqualTo(new Rejected(FailureCause.BLOCKED_POLICY, Scope.ADDRESS, "HTTP 200, code 99"));
    }

    @Test
    void doesNotGuessWhatAnUnknownCodeOrAnUnreadableAnswerMeans() {
        gateway.answers(200, "{\"CodeResult\":\"4711\"}");
        assertThat(send(esms)).isEqualTo(new Unknown(FailureCause.UNCLASSIFIED, List.of(), "HTTP 200, code 4711"));

        gateway.answers(200, "<html>busy</html>");
        assertThat(send(esms)).isEqualTo(new Unknown(FailureCause.UNCLASSIFIED, List.of(), "HTTP 200"));
    }

    @Test
    void doesNotKnowWhatAFailedServerDid() {
        gateway.answers(502, "bad gateway");

        assertThat(send(esms)).isEqualTo(new Unknown(FailureCause.VENDOR_INTERNAL, List.of(), "HTTP 502"));
    }

    @Test
    void waitsAsLongAsAThrottlingGatewayAsks() {
        gateway.answers(429, "").with("Retry-After", "30");

        assertThat(send(esms))
                .isEqualTo(new NotSent(FailureCause.THROTTLED, Scope.CHANNEL, Duration.ofSeconds(30), "HTTP 429"));
    }

    @Test
    void treatsRefusedCredentialsAsAFaultOfTheChannel() {
        gateway.answers(401, "");

        assertThat(send(esms)).isEqualTo(new NotSent(FailureCause.AUTH, Scope.CHANNEL, null, "HTTP 401"));
    }

    @Test
    void followsNoRedirect() {
        gateway.answers(302, "").with("Location", gateway.url().toString());

        assertThat(send(esms)).isEqualTo(new NotSent(FailureCause.UNCLASSIFIED, Scope.CHANNEL, null, "HTTP 302"));
        assertThat(gateway.requests()).hasSize(1);
    }

    @Test
    void givesUpAtTheDeadlineWithoutKnowing() {
        gateway.answers(200, "{\"CodeResult\":\"100\"}").after(Duration.ofSeconds(5));

        var result = esms.send(text("Hi"), Duration.ofMillis(1_500))
                .toCompletableFuture()
                .join();

        assertThat(result).isEqualTo(new Unknown(FailureCause.NETWORK, List.of(), "no answer within 1500 ms"));
    }

    @Test
    void sendsNothingWhenTheDeadlineIsOver() {
        var result = esms.send(text("Hi"), Duration.ZERO).toCompletableFuture().join();

        assertThat(result)
                .isEqualTo(new NotSent(
                        FailureCause.NETWORK, Scope.MESSAGE, null, "the deadline was over before the call"));
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void knowsThatARefusedConnectionCarriedNothing() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        var unreachable = esms.endpoint(URI.create("http://127.0.0.1:" + closed + "/"));

        assertThat(send(unreachable))
                .isEqualTo(
                        new NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "connection failed: ConnectException"));
        assertThat(unreachable.health()).isEqualTo(new Health(Health.State.DOWN, "NotSent"));
    }

    @Test
    void knowsThatAFailedHandshakeCarriedNothing() {
        var plain = URI.create(gateway.url().toString().replace("http:", "https:"));

        var result = esms.endpoint(plain)
                .send(text("Hi"), Duration.ofMillis(700))
                .toCompletableFuture()
                .join();

        assertThat(result).isInstanceOf(NotSent.class);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void doesNotKnowWhatBecameOfARequestWhoseConnectionWasReset() throws Exception {
        var accepted = new AtomicInteger();
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> resetEach(server, accepted));
            thread.start();

            var result = send(esms.endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/")));

            assertThat(result).isInstanceOf(Unknown.class);
            assertThat(accepted).as("connections, for it is never sent again").hasValue(1);
        }
    }

    /** Reads a whole request and resets the connection. */
    private static void resetEach(ServerSocket server, AtomicInteger accepted) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                accepted.incrementAndGet();
                byte[] buffer = new byte[4096];
                var read = new StringBuilder();
                while (!read.toString().contains("RequestId")) {
                    read.append(new String(buffer, 0, socket.getInputStream().read(buffer), StandardCharsets.UTF_8));
                }
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    void refusesASenderThatTheGatewayDoesNotTake() {
        assertThat(esms.send(from("SHOPSHOPSHOP"), SOON).toCompletableFuture().join())
                .isEqualTo(new Rejected(
                        FailureCause.SENDER_NOT_ALLOWED,
                        Scope.SENDER,
                        "sender BRANDNAME: expected BRANDNAME, a name of at most 11 characters"));
        assertThat(esms.send(from("+84 90 123 4567"), SOON)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Rejected.class);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void refusesWhatIsNoText() {
        var mail = new EmailContent("Hi", "<p>Hi</p>", "");

        assertThat(esms.prepare(mail).refusal()).isEqualTo("sms-esms carries text: expected no EmailContent");
        assertThat(esms.prepare(new TemplateContent("t1", "vi", Map.of())).refusal())
                .isEqualTo("sms-esms carries text: expected no TemplateContent");
        assertThat(esms.send(message(mail, "SHOP"), SOON).toCompletableFuture().join())
                .isEqualTo(new Rejected(
                        FailureCause.NOT_CAPABLE, Scope.MESSAGE, "sms-esms carries text: expected no EmailContent"));
    }

    @Test
    void preparesSegmentsAndPrice() {
        var prepared =
                esms.price(Money.of(850, "VND")).diacritics(Diacritics.STRIP).prepare(new TextContent("Ưu đãi"));

        assertThat(prepared.content()).isEqualTo(new TextContent("Uu dai"));
        assertThat(prepared.segments()).isEqualTo(1);
        assertThat(prepared.cost()).isEqualTo(Money.of(850, "VND"));
    }

    @Test
    void sendsTemplatesWhereTheGatewayKeepsThem() {
        gateway.answers(202, "{\"status\":\"queued\",\"messageId\":\"m1\",\"price\":1700.5}")
                .with("Content-Type", "application/json");
        var generic = HttpSms.gateway("generic", generic());

        var result = generic.send(message(new TemplateContent("t1", "vi", Map.of("name", "Mai")), "SHOP"), SOON)
                .toCompletableFuture()
                .join();

        assertThat(result).isEqualTo(new Accepted(List.of("m1"), Money.of("1700.5", "VND")));
        assertThat(gateway.requests().get(0).body())
                .contains("\"template\":\"t1\"", "\"parameters\":{\"name\":\"Mai\"}");
        assertThat(gateway.requests().get(0).headers())
                .containsEntry("Authorization", List.of("Bearer t0ken"))
                .containsEntry("Idempotency-key", List.of(ID.value()));
    }

    @Test
    void writesFormsAndBasicAuthentication() {
        gateway.answers(200, "{\"ok\":true}");
        var adapter = HttpSms.described("""
                {"name": "form", "address": "INTERNATIONAL",
                 "request": {"url": "https://sms.example/{{secret.Account}}/send", "basicAuth": ["Account", "Password"],
                   "form": {"dest": "{{to}}", "msg": "{{text}}", "cb": "{{callbackUrl}}", "n": "{{segments}}"}},
                 "answer": {"accepted": {"/ok": "true"}}}""", Credentials.of(Map.of("Account", "shop", "Password", "p:w")));

        assertThat(adapter.endpoint(gateway.url())
                        .send(text("a & b"), SOON)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Accepted(List.of(), null));
        assertThat(gateway.requests().get(0).body()).isEqualTo("dest=84901234567&msg=a+%26+b&n=1");
        assertThat(gateway.requests().get(0).headers())
                .containsEntry(
                        "Authorization",
                        List.of("Basic "
                                + Base64.getEncoder().encodeToString("shop:p:w".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void carriesManyAtATime() {
        gateway.answers(200, "{\"CodeResult\":\"100\"}").after(Duration.ofMillis(20));
        var adapter = esms;

        var sent = new ArrayList<CompletableFuture<SendResult>>();
        for (int i = 0; i < 100; i++) {
            sent.add(adapter.send(text("Hi " + i), SOON).toCompletableFuture());
        }

        assertThat(sent).allSatisfy(result -> assertThat(result.join()).isInstanceOf(Accepted.class));
        assertThat(gateway.requests()).hasSize(100);
    }

    @Test
    void showsNoSecret() {
        assertThat(esms).hasToString("HttpSms[sms-esms]");
    }

    @Test
    void namesTheGatewaysThereAre() {
        assertThatThrownBy(() -> HttpSms.gateway("acme", ESMS))
                .hasMessage("SMS gateway 'acme': expected esms or generic; for another, describe it and call"
                        + " HttpSms.described");
    }

    private Credentials generic() {
        return Credentials.of(Map.of("Url", gateway.url().toString(), "Token", "t0ken"));
    }

    private static SendResult send(ChannelAdapter adapter) {
        return adapter.send(text("Hi"), SOON).toCompletableFuture().join();
    }

    private static Outbound text(String text) {
        return message(new TextContent(text), "SHOP");
    }

    private static Outbound from(String sender) {
        return message(new TextContent("Hi"), sender);
    }

    private static Outbound message(Content content, String sender) {
        return new Outbound(
                ID,
                1,
                Address.phone("+84901234567"),
                Sender.of(sender),
                MessageClass.TRANSACTIONAL,
                content,
                Instant.parse("2026-11-23T10:00:00Z"),
                null);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples.boot;

import static dev.throughline.Words.userId;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.Throughline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole shop on a free port: real HTTP, a real mail server, a real SMS gateway's API, a real database. */
@Timeout(120)
class ShopApplicationTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final GreenMail MAILS = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final List<String> TEXTS = new CopyOnWriteArrayList<>();

    private static HttpServer gateway;
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        MAILS.start();
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", ShopApplicationTest::take);
        gateway.start();
        shop = SpringApplication.run(
                ShopApplication.class,
                "--server.port=0",
                "--shop.database=" + directory.resolve("shop.db"),
                "--shop.environment=test",
                "--shop.smtp-host=127.0.0.1",
                "--shop.smtp-port=" + MAILS.getSmtp().getPort(),
                "--shop.sms-url=http://127.0.0.1:" + gateway.getAddress().getPort() + "/send",
                "--shop.sms-token=t0ken",
                "--shop.hook-secret=c4llback");
    }

    private static void take(HttpExchange call) throws IOException {
        try (call) {
            TEXTS.add(new String(call.getRequestBody().readAllBytes(), UTF_8));
            byte[] answer = ("{\"status\":\"accepted\",\"messageId\":\"m" + TEXTS.size() + "\"}").getBytes(UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
        }
    }

    @AfterAll
    static void stop() {
        shop.close();
        gateway.stop(0);
        MAILS.stop();
    }

    @Test
    void confirmsAnOrderThatIsInTheBooks() throws Exception {
        post("/customers/mai?email=mai@example.com&phone=%2B84901234567", "");

        assertThat(post("/customers/mai/orders/A-1?total=450000", "").statusCode())
                .isEqualTo(200);

        await("the mail", () -> mails("Order A-1") == 1);
        assertThat(get("/actuator/metrics/throughline.verdicts")).contains("\"outcome\"", "SENT");
        await("the timer", () -> get("/actuator/metrics/throughline.send").contains("email-smtp"));
        assertThat(get("/actuator/health"))
                .contains("\"email-smtp\":\"UP\"", "backlog")
                .doesNotContain("DOWN");
    }

    @Test
    void rollsTheTouchpointBackWithTheOrder() throws Exception {
        post("/customers/lan?email=lan@example.com&phone=%2B84901234568", "");
        long before = shop.getBean(Orders.class).count();

        var refused = post("/customers/lan/orders/A-2?total=900000000", "");
        post("/customers/lan/orders/A-3?total=1", "");
        await("the mail", () -> mails("Order A-3") == 1);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(shop.getBean(Orders.class).count()).isEqualTo(before + 1);
        assertThat(mails("Order A-2")).isZero();
        assertThat(throughline().queries().timeline(userId("lan")))
                .extracting(touchpoint -> touchpoint.property("order_id"))
                .doesNotContain("A-2");
    }

    @Test
    void hearsFromItsProvider() throws Exception {
        post("/customers/hoa?email=hoa@example.com&phone=%2B84901234569", "");
        post("/customers/hoa/orders/A-4/ready", "");
        await(
                "the text",
                () -> TEXTS.size() == 1
                        && !throughline().queries().decisions(userId("hoa")).isEmpty());
        String delivered = "{\"messageId\":\"m1\",\"status\":\"delivered\",\"at\":\"2026-11-23T02:00:00Z\"}";

        assertThat(post("/hooks/sms-generic?token=guessed", delivered).statusCode())
                .isEqualTo(401);
        var answer = post("/hooks/sms-generic?token=c4llback", delivered);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(throughline().explain(userId("hoa"), "pick-up").toString()).contains("DELIVERED");
    }

    @Test
    void knowsNoTokenOfNoMessage() throws Exception {
        assertThat(post("/unsubscribe/" + "0".repeat(32), "").statusCode()).isEqualTo(404);
    }

    @Test
    void guideShowsWhatRuns() throws IOException {
        String guide = Files.readString(Path.of("../../docs/embedding.md"), UTF_8);
        String source = Files.readString(
                        Path.of("src/main/java/dev/throughline/examples/boot/HookController.java"), UTF_8)
                + Files.readString(Path.of("../src/test/java/dev/throughline/examples/EmbeddingGuideTest.java"), UTF_8);

        assertThat(SNIPPET.matcher(guide).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(words(source)).contains(words(snippet)));
    }

    private static String words(String text) {
        return text.replace("```java", "").replace("```", "").replaceAll("\\s+", "");
    }

    private static Throughline throughline() {
        return shop.getBean(Throughline.class);
    }

    private static long mails(String subject) throws Exception {
        long found = 0;
        for (var mail : MAILS.getReceivedMessages()) {
            found += mail.getSubject().equals(subject) ? 1 : 0;
        }
        return found;
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        var request = HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static String get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(url(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static URI url(String path) {
        return URI.create("http://127.0.0.1:" + shop.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as("awaited: %s", what).isNegative();
            Thread.sleep(50);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.engine.Delivery.LIVE;
import static dev.throughline.identity.Channel.PUSH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.channel.RawCallback;
import dev.throughline.decision.Decision;
import dev.throughline.identity.Brand;
import dev.throughline.identity.Identity;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds docs/writing-an-adapter.md to what runs. */
class AdapterGuideTest {

    private static final Guide GUIDE = new Guide("writing-an-adapter.md");

    @Test
    void sendsThroughTheAdapterAndHearsOfIt() throws Exception {
        try (var push = new PushProvider()) {
            URI service = push.url();
            String key = PushProvider.KEY;
            var shop = Brand.named("Shop").country("VN").sender(PUSH, "Shop").optOutByCall("1900 0000");
            var ready = Message.transactional("ready", shop).on(PUSH, text("Order {{ event.order_id }} is ready."));
            var pickUp = Campaign.named("pick-up")
                    .journey(j -> j.startOn(event("Order Ready")).send(ready, first(PUSH)));

            try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                    .environment("guide")
                    .delivery(LIVE)
                    .channel(new PushAdapter(service, key))
                    .policy(Policy.base())
                    .campaign(pickUp))) {
                var hooks = hooks(throughline);
                try {
                    var mai = userId("KH-88123");
                    throughline.link(mai, new Identity("push", PushProvider.DEVICE));
                    throughline.track(mai, "Order Ready", Map.of("order_id", "A-17"));
                    Hosts.await(
                            "it is sent",
                            () -> !throughline.queries().decisions(mai).isEmpty());

                    assertThat(told(hooks, push.taken().get(0))).isEqualTo(200);
                    assertThat(decision(throughline, mai).verdict()).hasToString("SENT");
                    assertThat(throughline.explain(mai, "pick-up").toString()).contains("DELIVERED");
                } finally {
                    hooks.stop(0);
                }
            }
        }
    }

    private static HttpServer hooks(Throughline throughline) throws IOException {
        var hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/hooks/push", call -> {
            var raw = new RawCallback(
                    call.getRequestMethod(),
                    call.getRequestURI().toString(),
                    call.getRequestHeaders(),
                    call.getRequestBody().readNBytes(1 << 20));
            var answer = throughline.callback("push-acme", raw);
            byte[] body = answer.body().getBytes(UTF_8);
            call.getResponseHeaders().set("Content-Type", answer.contentType());
            call.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        hooks.start();
        return hooks;
    }

    private static int told(HttpServer hooks, String id) throws IOException, InterruptedException {
        RawCallback call =
                PushProvider.signed("reference=push-" + id + "&event=shown&at=2026-11-23T02:00:00Z", PushProvider.KEY);
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + hooks.getAddress().getPort() + "/hooks/push"))
                .header("X-Signature", call.header("X-Signature").orElseThrow())
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Decision decision(Throughline throughline, Identity who) {
        return throughline.queries().decisions(who).get(0);
    }

    @Test
    void showsNothingThatIsNotRun() throws IOException {
        GUIDE.isCutFrom(14, PushAdapter.class, PushProvider.class, PushConformanceTest.class, AdapterGuideTest.class);
    }
}

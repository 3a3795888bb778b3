// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static dev.throughline.Words.event;
import static dev.throughline.Words.first;
import static dev.throughline.Words.text;
import static dev.throughline.Words.userId;
import static dev.throughline.engine.Delivery.LIVE;
import static dev.throughline.examples.ChatAdapter.CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.Throughline;
import dev.throughline.campaign.Campaign;
import dev.throughline.engine.Explanation;
import dev.throughline.identity.Brand;
import dev.throughline.message.Message;
import dev.throughline.policy.Policy;
import dev.throughline.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/** A channel that the library does not know, with a chat service started in this process: see {@link ChatAdapter}. */
public final class CustomChannel {

    private CustomChannel() {}

    /**
     * Tells a customer by chat that her order is on its way.
     *
     * @param args none are read
     * @throws IOException if the service cannot be started
     * @throws InterruptedException if the program is ended while it waits
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Queue<String> received = new LinkedBlockingQueue<>();
        HttpServer chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", call -> answer(call, received));
        chat.start();
        try {
            System.out.println(
                    tell(URI.create("http://127.0.0.1:" + chat.getAddress().getPort() + "/messages/")));
            System.out.println("The chat service received: " + received);
        } finally {
            chat.stop(0);
        }
    }

    private static Explanation tell(URI service) throws InterruptedException {
        var shop = Brand.named("Shop").country("VN").sender(CHAT, "Shop").optOutByCall("1900 0000");
        var onItsWay =
                Message.transactional("on-its-way", shop).on(CHAT, text("Order {{ event.order_id }} is on its way."));
        var orderNews = Campaign.named("order-news")
                .journey(j -> j.startOn(event("Order Shipped")).send(onItsWay, first(CHAT)));

        try (var throughline = Throughline.open(t -> t.store(new MemoryStore())
                .environment("example")
                .delivery(LIVE)
                .channel(new ChatAdapter(service, HttpClient.newHttpClient()))
                .policy(Policy.base())
                .campaign(orderNews))) {
            var mai = userId("KH-88123");
            throughline.identify(mai, Map.of("phone", "+84900000001"));
            throughline.track(mai, "Order Shipped", Map.of("order_id", "A-17"));
            while (throughline.queries().decisions(mai).isEmpty()) {
                Thread.sleep(20);
            }
            return throughline.explain(mai, "order-news");
        }
    }

    private static void answer(HttpExchange call, Queue<String> received) throws IOException {
        try (call) {
            String to = call.getRequestURI().getPath().substring("/messages/".length());
            received.add(to + " " + new String(call.getRequestBody().readAllBytes(), UTF_8));
            byte[] reference = ("chat-" + received.size()).getBytes(UTF_8);
            call.sendResponseHeaders(202, reference.length);
            call.getResponseBody().write(reference);
        }
    }
}

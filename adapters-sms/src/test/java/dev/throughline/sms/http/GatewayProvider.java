// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.EmailContent;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Sender;
import dev.throughline.sms.Credentials;
import dev.throughline.testkit.ProviderDouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway of the description {@code generic}, as the suite of adapters wants it. */
final class GatewayProvider implements ProviderDouble {

    private static final String TOKEN = "t0ken-of-the-shop";
    private static final String CALLBACK_SECRET = "c4llback-of-the-shop";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Mood mood = Mood.ACCEPTING;
    private HttpServer server = listen(0);
    private final int port = server.getAddress().getPort();

    private HttpServer listen(int at) {
        try {
            var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            listening.setExecutor(threads);
            listening.createContext("/", this::take);
            listening.start();
            return listening;
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    @Override
    public ChannelAdapter adapter() {
        var secrets =
                Map.of("Url", "http://127.0.0.1:" + port + "/send", "Token", TOKEN, "CallbackSecret", CALLBACK_SECRET);
        return HttpSms.gateway("generic", Credentials.of(secrets)).callbackUrl("https://shop.example/hooks/sms");
    }

    private void take(HttpExchange call) throws IOException {
        calls.incrementAndGet();
        String id = call.getRequestHeaders().getFirst("Idempotency-Key");
        call.getRequestBody().readAllBytes();
        try (call) {
            switch (mood) {
                case ACCEPTING -> accept(call, id);
                case KNOWING_NO_RECIPIENT ->
                    answer(call, 200, "{\"code\":\"bad-number\",\"message\":\"nobody at +84901234567\"}");
                case THROTTLING -> answer(call, 429, "{\"code\":\"busy\"}");
                case REFUSING_LOGIN -> answer(call, 401, "{\"message\":\"no such token: " + TOKEN + "\"}");
                case SILENT -> {
                    taken.add(id);
                    closing.await();
                }
                case DROPPING -> taken.add(id);
                case DOWN -> throw new IOException("down");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(HttpExchange call, String id) throws IOException {
        boolean known;
        synchronized (taken) {
            known = taken.contains(id);
            if (!known) {
                taken.add(id);
            }
        }
        answer(
                call,
                200,
                "{\"status\":\"" + (known ? "" : "accepted") + "\",\"code\":\"" + (known ? "duplicate" : "")
                        + "\",\"messageId\":\"m-" + id + "\"}");
    }

    private static void answer(HttpExchange call, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Address recipient() {
        return Address.phone("+84 90 123 4567");
    }

    @Override
    public Sender sender() {
        return Sender.of("SHOP");
    }

    @Override
    public Content content(String words) {
        return new TextContent(words);
    }

    @Override
    public List<Content> unfit() {
        return List.of(new EmailContent("Hello", "<p>Hello</p>", ""));
    }

    @Override
    public void turn(Mood mood) {
        if (mood == Mood.DOWN) {
            server.stop(0);
        } else if (this.mood == Mood.DOWN) {
            server = listen(port);
        }
        this.mood = mood;
    }

    @Override
    public List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public int connections() {
        return calls.get();
    }

    @Override
    public List<String> secrets() {
        return List.of(TOKEN, CALLBACK_SECRET);
    }

    @Override
    public Optional<Callbacks> callbacks() {
        String delivered = "{\"messageId\":\"m1\",\"status\":\"delivered\",\"at\":\"2026-11-23T08:59:00+07:00\"}";
        String reply = "{\"messageId\":\"i1\",\"from\":\"+84901234567\",\"to\":\"8088\",\"text\":\"STOP\","
                + "\"at\":\"2026-11-23T09:00:00+07:00\"}";
        return Optional.of(new Callbacks(
                List.of(call("?token=" + CALLBACK_SECRET, delivered), call("?token=" + CALLBACK_SECRET, reply)),
                List.of(call("?token=guessed", delivered), call("", reply))));
    }

    private static RawCallback call(String query, String json) {
        return new RawCallback(
                "POST",
                "/hooks/sms" + query,
                Map.of("Content-Type", List.of("application/json")),
                json.getBytes(UTF_8));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

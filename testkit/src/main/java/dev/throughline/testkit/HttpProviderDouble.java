// SPDX-License-Identifier: Apache-2.0
package dev.throughline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A provider with an HTTP API, on the JDK's own server on the loopback interface. It counts, hangs, stalls within an answer, drops
 * connections and goes down by itself; its author says what the provider answers in the other moods, and to calls that are no messages,
 * such as those for a token.
 */
public abstract class HttpProviderDouble implements ProviderDouble {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> taken = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger submissions = new AtomicInteger();
    private volatile Mood mood = Mood.ACCEPTING;
    private volatile boolean stalling;
    private HttpServer server = listen(0);
    private final int port = server.getAddress().getPort();

    /** Listens at a free port. */
    protected HttpProviderDouble() {}

    /**
     * A call of the adapter's.
     *
     * @param method such as {@code POST}
     * @param target path and query
     * @param headers first values, by names in lower case
     * @param body in UTF-8
     */
    public record Call(String method, String target, Map<String, String> headers, String body) {
        /**
         * A header's value.
         *
         * @param name in any case
         * @return the value; empty if the header is absent
         */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /**
     * What the provider answers.
     *
     * @param status the HTTP status
     * @param body the body, in UTF-8
     * @param headers by name, such as {@code Retry-After}
     */
    public record Answer(int status, String body, Map<String, String> headers) {
        /** Copies the headers. */
        public Answer {
            headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        }

        /**
         * An answer without headers of its own.
         *
         * @param status the HTTP status
         * @param body the body, in UTF-8
         */
        public Answer(int status, String body) {
            this(status, body, Map.of());
        }
    }

    /**
     * The message's id, where the adapter has written it.
     *
     * @param call the adapter's call
     * @return the id, and any text without {@link Capability#MESSAGE_IDS}; {@code null} for a call that is no message, which is never
     *     taken, counts as a connection and not as a submission, and is answered also where messages are not
     */
    protected abstract @Nullable String idOf(Call call);

    /**
     * Answers a call. A message that is answered with a status of the 200s while it is {@link Mood#ACCEPTING} counts as taken.
     *
     * @param mood {@link Mood#ACCEPTING}, {@link Mood#KNOWING_NO_RECIPIENT}, {@link Mood#THROTTLING} or {@link Mood#REFUSING_LOGIN}
     * @param call the adapter's call
     * @param repeated whether its id was taken before; only with {@link Capability#REPEATS}, and then it is not taken again
     * @return the answer
     */
    protected abstract Answer answer(Mood mood, Call call, boolean repeated);

    /**
     * Where the provider is called.
     *
     * @return such as {@code http://127.0.0.1:41231/}, the same all its life
     */
    public final URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public final void turn(Mood to) {
        if (to == Mood.DOWN) {
            server.stop(0);
        } else if (mood == Mood.DOWN) {
            server = listen(port);
        }
        mood = to;
        stalling = false;
    }

    @Override
    public final boolean stall() {
        turn(Mood.SILENT);
        stalling = true;
        return true;
    }

    @Override
    public final List<String> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    @Override
    public final int connections() {
        return calls.get();
    }

    @Override
    public final OptionalInt submissions() {
        return OptionalInt.of(submissions.get());
    }

    @Override
    public final void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

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

    private void take(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        Call call = read(exchange);
        String id = idOf(call);
        try (exchange) {
            if (id == null) {
                boolean deaf = mood == Mood.SILENT || mood == Mood.DROPPING;
                write(exchange, answer(deaf ? Mood.ACCEPTING : mood, call, false));
            } else {
                submissions.incrementAndGet();
                take(exchange, call, id);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(HttpExchange exchange, Call call, String id) throws IOException, InterruptedException {
        switch (mood) {
            case SILENT -> {
                take(id);
                if (stalling) {
                    begin(exchange, answer(Mood.ACCEPTING, call, false));
                }
                closing.await();
            }
            case DROPPING -> take(id);
            case DOWN -> throw new IOException("down");
            default -> write(exchange, answered(call, id));
        }
    }

    private Answer answered(Call call, String id) {
        synchronized (taken) {
            boolean repeated = capabilities().contains(Capability.REPEATS) && taken.contains(id);
            Answer answer = answer(mood, call, repeated);
            if (mood == Mood.ACCEPTING && !repeated && answer.status() / 100 == 2) {
                take(id);
            }
            return answer;
        }
    }

    private void take(String id) {
        synchronized (taken) {
            taken.add(id);
        }
    }

    private static Call read(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The status, the headers, and as much of the body as lets nobody take it for whole. */
    private static void begin(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length + 1L);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.sms.http;

import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Requests and their answers; knows of each whether it may have been acted upon. */
final class Exchange {

    /** An answer, or what its absence means. */
    record Ending(@Nullable Reply reply, @Nullable SendResult absence) {}

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 16;

    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(3);

    private final ExecutorService threads = Executors.newCachedThreadPool(Exchange::daemon);
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT_WITHIN)
            .executor(threads)
            .build();

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "sms-http");
        thread.setDaemon(true);
        return thread;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // each future is only itself
    CompletableFuture<Ending> send(HttpRequest.Builder request, String method, String body, Duration deadline) {
        var publisher = new Noting(new AtomicBoolean(), BodyPublishers.ofString(body));
        var answer = new ByteArrayOutputStream();
        var sent = client.sendAsync(
                request.method(method, publisher).build(),
                BodyHandlers.ofByteArrayConsumer(octets -> octets.ifPresent(part -> keep(answer, part))));
        var awaited = sent.copy().orTimeout(Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS);
        underWay.add(awaited);
        // Not on the thread that keeps the time for the whole process.
        var ending = awaited.handleAsync((response, failure) -> {
            if (failure == null) {
                return new Ending(reply(response, answer.toString(StandardCharsets.UTF_8)), null);
            }
            sent.cancel(true);
            return new Ending(null, absence(publisher.asked().get(), words(failure, deadline)));
        });
        return ending.whenComplete((done, failure) -> underWay.remove(awaited));
    }

    /** Lets what is under way come back within a few seconds, gives up the rest, and ends its threads. */
    void close() {
        var all = CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new));
        try {
            all.get(DRAIN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException left) {
            underWay.forEach(one -> one.completeExceptionally(new CancellationException()));
        }
        threads.shutdown();
    }

    /** No octet of the body was asked for before connection and headers stood; afterwards nobody knows. */
    private static SendResult absence(boolean written, String words) {
        return written
                ? new SendResult.Unknown(FailureCause.NETWORK, List.of(), words)
                : new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, words);
    }

    /** The kind of failure only: its message may hold the address, and that a secret. */
    private static String words(Throwable failure, Duration deadline) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            return "the adapter was closed";
        }
        return cause instanceof TimeoutException
                ? "no answer within " + deadline.toMillis() + " ms"
                : "connection failed: " + cause.getClass().getSimpleName();
    }

    private static void keep(ByteArrayOutputStream answer, byte[] part) {
        answer.write(part, 0, Math.min(part.length, LONGEST_ANSWER - answer.size()));
    }

    private static Reply reply(HttpResponse<?> response, String body) {
        var retryAfter = response.headers()
                .firstValue("retry-after")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        return new Reply(response.statusCode(), body, retryAfter.orElse(null));
    }

    /** Notes when its body is asked for. */
    private record Noting(AtomicBoolean asked, BodyPublisher body) implements BodyPublisher {

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            asked.set(true);
            body.subscribe(subscriber);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Content;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Health;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Preparation;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Channel;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Shows short texts on customers' devices through the push service of an invented provider; docs/writing-an-adapter.md explains it. */
final class PushAdapter implements ChannelAdapter {

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_:-]{8,200}");
    private static final int LONGEST = 1_000;

    private final URI service;
    private final String key;
    private final HttpClient http = HttpClient.newBuilder()
            .executor(new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), PushAdapter::daemon))
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private volatile Health health = new Health(Health.State.UNTRIED, "");
    private volatile boolean closed;

    PushAdapter(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "push");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String id() {
        return "push-acme";
    }

    @Override
    public Channel channel() {
        return Channel.PUSH;
    }

    @Override
    public Preparation prepare(Content content) {
        if (!(content instanceof TextContent text)) {
            return Preparation.refused(
                    content, "push carries text, not " + content.getClass().getSimpleName());
        }
        if (text.text().isBlank() || text.text().length() > LONGEST) {
            return Preparation.refused(content, text.text().length() + " characters: expected 1 to " + LONGEST);
        }
        return Preparation.asIs(content);
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        String refusal = prepare(message.content()).refusal();
        if (refusal != null) {
            return done(new SendResult.Rejected(FailureCause.NOT_CAPABLE, Scope.MESSAGE, refusal));
        }
        if (!DEVICE.matcher(message.to().value()).matches()) {
            return done(new SendResult.Rejected(FailureCause.BAD_ADDRESS, Scope.ADDRESS, "not a device's token"));
        }
        if (closed || deadline.isNegative() || deadline.isZero()) {
            return done(new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "closed, or too late"));
        }
        var request = HttpRequest.newBuilder(service)
                .timeout(deadline)
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", message.id().value())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("device=" + encoded(message.to().value()) + "&text="
                        + encoded(message.content().headline())))
                .build();
        var exchange = http.sendAsync(request, BodyHandlers.ofString());
        return exchange.copy() // the request's own timeout ends with the answer's headers
                .orTimeout(deadline.toMillis() + 100, TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .handle((answer, failure) -> failure == null ? read(answer) : lost(failure));
    }

    private static CompletionStage<SendResult> done(SendResult result) {
        return CompletableFuture.completedFuture(result);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private SendResult read(HttpResponse<String> answer) {
        health = new Health(Health.State.UP, "status " + answer.statusCode());
        String said = "status " + answer.statusCode(); // not the body: it may repeat the device's token
        return switch (answer.statusCode()) {
            case 202 -> new SendResult.Accepted(List.of(answer.body()), null);
            case 409 -> new SendResult.Duplicate(List.of(answer.body()));
            case 404, 410 -> new SendResult.Rejected(FailureCause.BAD_ADDRESS, Scope.ADDRESS, said);
            case 413 -> new SendResult.Rejected(FailureCause.TOO_LARGE, Scope.MESSAGE, said);
            case 401, 403 -> new SendResult.NotSent(FailureCause.AUTH, Scope.CHANNEL, null, said);
            case 429 -> new SendResult.NotSent(FailureCause.THROTTLED, Scope.CHANNEL, pause(answer), said);
            default -> new SendResult.Unknown(FailureCause.VENDOR_INTERNAL, List.of(), said);
        };
    }

    private static @Nullable Duration pause(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    /** Only where no connection came about, or no TLS over it, is it sure that nothing was sent. */
    private SendResult lost(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String kind = String.valueOf(cause == null ? null : cause.getClass().getSimpleName());
        health = new Health(Health.State.DOWN, kind);
        boolean before = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
        return before
                ? new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, kind)
                : new SendResult.Unknown(FailureCause.NETWORK, List.of(), kind);
    }

    @Override
    public Callback receive(RawCallback callback) {
        if (!isSigned(callback)) {
            return Callback.nothing(CallbackAnswer.text(401, "wrong signature"));
        }
        try {
            return new Callback(CallbackAnswer.text(200, "ok"), List.of(receipt(form(callback.body()))), List.of());
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return Callback.nothing(CallbackAnswer.text(400, "expected reference, event and at"));
        }
    }

    /** Over the raw octets, and compared in constant time. */
    private boolean isSigned(RawCallback callback) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            String ours = HexFormat.of().formatHex(mac.doFinal(callback.body()));
            String theirs = callback.header("X-Signature").orElse("");
            return MessageDigest.isEqual(ours.getBytes(UTF_8), theirs.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> form(byte[] body) {
        var fields = new TreeMap<String, String>();
        for (String field : new String(body, UTF_8).split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[parts.length - 1], UTF_8));
        }
        return fields;
    }

    private static Receipt receipt(Map<String, String> fields) {
        String reference = fields.getOrDefault("reference", "");
        String event = fields.getOrDefault("event", "");
        boolean gone = event.equals("gone");
        if (reference.isEmpty() || !(gone || event.equals("shown"))) {
            throw new IllegalArgumentException(event);
        }
        return new Receipt(
                "push-acme/" + reference + "/" + event,
                null,
                reference,
                gone ? Receipt.Status.BOUNCED : Receipt.Status.DELIVERED,
                gone ? FailureCause.BAD_ADDRESS : null,
                Instant.parse(fields.getOrDefault("at", "")),
                event);
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return id();
    }
}

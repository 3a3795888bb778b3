// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.FailureCause;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.Scope;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The chat of a shop's own app as a channel, addressed by phone number: a whole adapter. */
record ChatAdapter(URI service, HttpClient http) implements ChannelAdapter {
    static final Channel CHAT = new Channel("chat", "phone");

    @Override
    public String id() {
        return "chat";
    }

    @Override
    public Channel channel() {
        return CHAT;
    }

    @Override
    public CompletableFuture<SendResult> send(Outbound message, Duration deadline) {
        if (!message.to().value().matches("\\+\\d+")) { // the address becomes a part of the URL
            return CompletableFuture.completedFuture(rejected("not a phone number"));
        }
        var request = HttpRequest.newBuilder(service.resolve(message.to().value()))
                .header("Idempotency-Key", message.id().value())
                .POST(HttpRequest.BodyPublishers.ofString(message.content().headline()))
                .build();
        var exchange = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        return exchange.copy()
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .handle((answer, failure) -> failure == null ? read(answer) : lost(failure));
    }

    private static SendResult read(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 202 -> new SendResult.Accepted(List.of(answer.body()), null);
            case 404 -> rejected("no such user");
            case 429 -> new SendResult.NotSent(FailureCause.THROTTLED, Scope.CHANNEL, Duration.ofMinutes(1), "busy");
            default -> new SendResult.Unknown(FailureCause.UNCLASSIFIED, List.of(), "status " + answer.statusCode());
        };
    }

    private static SendResult rejected(String why) {
        return new SendResult.Rejected(FailureCause.BAD_ADDRESS, Scope.ADDRESS, why);
    }

    /** Only where no connection came about is it sure that no byte was written. */
    private static SendResult lost(Throwable failure) {
        return failure instanceof ConnectException || failure.getCause() instanceof ConnectException
                ? new SendResult.NotSent(FailureCause.NETWORK, Scope.CHANNEL, null, "no connection")
                : new SendResult.Unknown(FailureCause.NETWORK, List.of(), "no answer");
    }
}

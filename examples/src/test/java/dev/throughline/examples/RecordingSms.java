// SPDX-License-Identifier: Apache-2.0
package dev.throughline.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.throughline.channel.Callback;
import dev.throughline.channel.CallbackAnswer;
import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Inbound;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.RawCallback;
import dev.throughline.channel.Receipt;
import dev.throughline.channel.SendResult;
import dev.throughline.channel.TextContent;
import dev.throughline.identity.Address;
import dev.throughline.identity.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An SMS gateway that keeps what it is given, and answers as it is told to. */
final class RecordingSms implements ChannelAdapter {

    static final CompletionStage<SendResult> ACCEPTED =
            CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));

    private final List<Outbound> sent = new CopyOnWriteArrayList<>();
    private volatile Function<Outbound, @Nullable CompletionStage<SendResult>> answers = message -> ACCEPTED;

    RecordingSms answering(Function<Outbound, @Nullable CompletionStage<SendResult>> answer) {
        answers = answer;
        return this;
    }

    /** What a gateway calls back with when somebody answers an SMS. */
    static RawCallback inbound(String id, String from, String text, Instant at) {
        String body = String.join("\n", id, from, text, at.toString());
        return new RawCallback("POST", "/sms", Map.of(), body.getBytes(UTF_8));
    }

    /** What a gateway calls back with when a message of this id has arrived. */
    static RawCallback receipt(String id, String reference) {
        return new RawCallback("POST", "/sms", Map.of(), (id + "\n" + reference).getBytes(UTF_8));
    }

    List<Outbound> sent() {
        return List.copyOf(sent);
    }

    List<String> texts() {
        return sent.stream()
                .map(message -> ((TextContent) message.content()).text())
                .toList();
    }

    @Override
    public String id() {
        return "sms-recording";
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    @SuppressWarnings("NullAway") // a gateway that breaks its word is played, too
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        sent.add(message);
        return answers.apply(message);
    }

    @Override
    public Callback receive(RawCallback callback) {
        String[] lines = new String(callback.body(), UTF_8).split("\n", 4);
        if (lines.length == 2) {
            var receipt = new Receipt(lines[0], null, lines[1], Receipt.Status.DELIVERED, null, Instant.EPOCH, "");
            return new Callback(CallbackAnswer.text(200, "OK"), List.of(receipt), List.of());
        }
        var inbound =
                new Inbound(lines[0], Channel.SMS, Address.phone(lines[1]), "8088", lines[2], Instant.parse(lines[3]));
        return new Callback(CallbackAnswer.text(200, "OK"), List.of(), List.of(inbound));
    }
}

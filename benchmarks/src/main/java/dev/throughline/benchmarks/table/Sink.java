// SPDX-License-Identifier: Apache-2.0
package dev.throughline.benchmarks.table;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** An adapter that accepts everything at once. */
final class Sink implements ChannelAdapter {

    private static final SendResult ACCEPTED = new SendResult.Accepted(List.of(), null);

    private final AtomicLong sent = new AtomicLong();

    long sent() {
        return sent.get();
    }

    @Override
    public String id() {
        return "sink";
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        sent.incrementAndGet();
        return CompletableFuture.completedFuture(ACCEPTED);
    }

    @Override
    public int slots() {
        return 10_000;
    }
}

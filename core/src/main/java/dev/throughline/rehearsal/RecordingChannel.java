// SPDX-License-Identifier: Apache-2.0
package dev.throughline.rehearsal;

import dev.throughline.channel.ChannelAdapter;
import dev.throughline.channel.Outbound;
import dev.throughline.channel.SendResult;
import dev.throughline.identity.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts every message and keeps it instead of sending it. Thread-safe. */
public final class RecordingChannel implements ChannelAdapter {

    private final Channel channel;
    private final InstantSource clock;
    private final List<Recorded> recorded = new CopyOnWriteArrayList<>();

    /**
     * A message that was sent.
     *
     * @param at when
     * @param message the message
     */
    public record Recorded(Instant at, Outbound message) {}

    /**
     * Keeps the messages of a channel.
     *
     * @param channel the channel
     * @param clock stamps them
     */
    public RecordingChannel(Channel channel, InstantSource clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * What was sent.
     *
     * @return the messages, oldest first
     */
    public List<Recorded> recorded() {
        return List.copyOf(recorded);
    }

    @Override
    public String id() {
        return channel + "-recording";
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public CompletionStage<SendResult> send(Outbound message, Duration deadline) {
        recorded.add(new Recorded(clock.instant(), message));
        return CompletableFuture.completedFuture(new SendResult.Accepted(List.of(), null));
    }
}
